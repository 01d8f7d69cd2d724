package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads animations chunk by chunk, as the PNG specification describes them. */
class AnimatedPngTest {
  private static final int[] FIRST = {0xff0000, 0x00ff00, 0x0000ff, 0x123456, 0xffffff, 0};
  private static final int[] SECOND = {1, 2, 3, 4, 5, 6};

  private record Chunk(String type, ByteBuffer data) {}

  private static byte[] write(List<RgbImage> frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AnimatedPng.write(frames, 40, out);
    return out.toByteArray();
  }

  private static byte[] animation() throws IOException {
    return write(List.of(new RgbImage(2, 3, FIRST), new RgbImage(2, 3, SECOND)));
  }

  private static List<Chunk> chunks(byte[] file) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      assertThat(in.readLong()).isEqualTo(0x89504E470D0A1A0AL);
      while (in.available() > 0) {
        int length = in.readInt();
        byte[] body = in.readNBytes(4 + length);
        CRC32 sum = new CRC32();
        sum.update(body);
        assertThat(in.readInt()).isEqualTo((int) sum.getValue());
        chunks.add(
            new Chunk(
                new String(body, 0, 4, StandardCharsets.US_ASCII),
                ByteBuffer.wrap(body, 4, length).slice()));
      }
    }
    return chunks;
  }

  @Test
  void programsWithoutAnimationsShowTheFirstImage() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(animation()));
    assertThat(image.getWidth()).isEqualTo(3);
    for (int i = 0; i < FIRST.length; i++) {
      assertThat(image.getRGB(i % 3, i / 3) & 0xffffff).isEqualTo(FIRST[i]);
    }
  }

  @Test
  void chunksAreThoseOfTheSpecification() throws IOException {
    List<Chunk> chunks = chunks(animation());
    assertThat(chunks.stream().map(Chunk::type))
        .containsExactly("IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "IEND");
    assertThat(chunks.get(1).data().getInt(0)).as("frames").isEqualTo(2);
    assertThat(chunks.get(1).data().getInt(4)).as("repetitions, 0 for ever").isZero();
    for (int frame : List.of(0, 1)) {
      ByteBuffer control = chunks.get(2 + 2 * frame).data();
      assertThat(control.capacity()).isEqualTo(26);
      assertThat(control.getInt(0)).as("sequence number").isEqualTo(frame);
      assertThat(control.getInt(4)).as("width").isEqualTo(3);
      assertThat(control.getInt(8)).as("height").isEqualTo(2);
      assertThat(control.getShort(20)).as("delay").isEqualTo((short) 40);
      assertThat(control.getShort(22)).as("of 1000 a second").isEqualTo((short) 1000);
    }
    assertThat(chunks.get(5).data().getInt(0)).as("sequence number").isEqualTo(2);
  }

  @Test
  void laterFramesHaveTheirPixels() throws IOException {
    ByteBuffer data = chunks(animation()).get(5).data();
    byte[] compressed = new byte[data.capacity() - 4];
    data.position(4).get(compressed);
    byte[] rows = new InflaterInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
    // Each row: its filter, 0, and three bytes a pixel.
    assertThat(rows)
        .isEqualTo(new byte[] {0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0, 4, 0, 0, 5, 0, 0, 6});
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 32_768})
  void delayThatTheFormatCannotHoldIsRefused(int delay) {
    List<RgbImage> frames = List.of(new RgbImage(2, 3, FIRST));
    assertThatThrownBy(() -> AnimatedPng.write(frames, delay, new ByteArrayOutputStream()))
        .hasMessage("expected a delay from 1 to 32767 ms, found " + delay);
  }

  @Test
  void framesMustHaveTheSameSize() {
    assertThatThrownBy(() -> write(List.of(new RgbImage(2, 3, FIRST), new RgbImage(3, 2, SECOND))))
        .hasMessage("expected frames of the same size");
  }
}
