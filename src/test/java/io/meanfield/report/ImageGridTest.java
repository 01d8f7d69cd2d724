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
  private static final int SCALE = 14; // 8 pixels of 14 are 112
  private static final int MARGIN = 8;
  private static final int WHITE = 0xffffffff;

  private static BufferedImage sheet(int count, List<String> caption) throws IOException {
    float[] values = new float[8 * 8 * 3];
    values[3 * (2 * 8 + 5)] = 1; // red in row 2, column 5
    CaptionedImage drawing = new CaptionedImage(RgbImage.of(8, 8, 3, values), caption);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageGrid.write(Collections.nCopies(count, drawing), png);
    return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
  }

  @Test
  void picturesAreEnlargedByWholePixelsAndStandInAGrid() throws IOException {
    BufferedImage sheet = sheet(3, List.of());
    int cell = 8 * SCALE + 2 * MARGIN;
    assertThat(sheet.getWidth()).isEqualTo(2 * cell);
    assertThat(sheet.getHeight()).isEqualTo(2 * cell);
    for (int place : new int[] {0, cell}) {
      for (int inside : new int[] {0, SCALE - 1}) {
        int x = place + MARGIN + 5 * SCALE + inside;
        int y = MARGIN + 2 * SCALE + inside;
        assertThat(sheet.getRGB(x, y)).isEqualTo(0xffff0000);
      }
      assertThat(sheet.getRGB(place + MARGIN + 6 * SCALE, MARGIN + 2 * SCALE))
          .isEqualTo(0xff000000);
    }
    assertThat(sheet.getRGB(cell + MARGIN + 5 * SCALE, cell + MARGIN + 2 * SCALE)).isEqualTo(WHITE);
  }

  @Test
  void captionIsWrittenBelow() throws IOException {
    BufferedImage sheet = sheet(1, List.of("4523: label 8"));
    int below = MARGIN + 8 * SCALE;
    assertThat(sheet.getHeight()).isGreaterThan(below + MARGIN);
    assertThat(
            IntStream.range(below, sheet.getHeight())
                .flatMap(y -> IntStream.range(0, sheet.getWidth()).map(x -> sheet.getRGB(x, y))))
        .contains(0xff000000);
  }
}
