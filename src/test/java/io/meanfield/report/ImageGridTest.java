package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static final int SCALE = 14; // 8 pixels enlarged 14 times are 112
  private static final int MARGIN = 8;
  private static final int WHITE = 0xffffffff;

  private static BufferedImage grid(int count, List<String> caption) throws IOException {
    float[] values = new float[8 * 8 * 3];
    values[3 * (2 * 8 + 5)] = 1; // red in row 2, column 5
    CaptionedImage image = new CaptionedImage(RgbImage.of(8, 8, 3, values), caption);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageGrid.write(Collections.nCopies(count, image), png);
    return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
  }

  @Test
  void imagesAreEnlargedByAWholeFactorInAGrid() throws IOException {
    BufferedImage grid = grid(3, List.of());
    int cell = 8 * SCALE + 2 * MARGIN;
    assertThat(grid.getWidth()).isEqualTo(2 * cell);
    assertThat(grid.getHeight()).isEqualTo(2 * cell);
    for (int origin : new int[] {0, cell}) {
      for (int inside : new int[] {0, SCALE - 1}) {
        int x = origin + MARGIN + 5 * SCALE + inside;
        int y = MARGIN + 2 * SCALE + inside;
        assertThat(grid.getRGB(x, y)).isEqualTo(0xffff0000);
      }
      assertThat(grid.getRGB(origin + MARGIN + 6 * SCALE, MARGIN + 2 * SCALE))
          .isEqualTo(0xff000000);
    }
    assertThat(grid.getRGB(cell + MARGIN + 5 * SCALE, cell + MARGIN + 2 * SCALE)).isEqualTo(WHITE);
  }

  @Test
  void captionIsWrittenBelowTheImage() throws IOException {
    BufferedImage grid = grid(1, List.of("4523: label 8"));
    int below = MARGIN + 8 * SCALE;
    assertThat(grid.getHeight()).isGreaterThan(below + MARGIN);
    assertThat(
            IntStream.range(below, grid.getHeight())
                .flatMap(y -> IntStream.range(0, grid.getWidth()).map(x -> grid.getRGB(x, y))))
        .contains(0xff000000);
  }
}
