package io.meanfield.report;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes images as an animated PNG (PNG specification, third edition, sections 4.6 and 11.3.6),
 * which browsers play. A program that does not know animations shows the first image.
 */
public final class AnimatedPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int BYTES_PER_PIXEL = 3;

  private final DataOutputStream out;
  private final short delayMillis;
  private int sequence;

  private AnimatedPng(OutputStream out, int delayMillis) {
    if (delayMillis < 1 || delayMillis > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected a delay from 1 to " + Short.MAX_VALUE + " ms, found " + delayMillis);
    }
    this.out = new DataOutputStream(out);
    this.delayMillis = (short) delayMillis;
  }

  /**
   * Writes an animation that repeats, and leaves {@code out} open.
   *
   * @param frames images of the same size, at least one
   * @param delayMillis how long each is shown, from 1 to 32767
   */
  public static void write(List<RgbImage> frames, int delayMillis, OutputStream out)
      throws IOException {
    new AnimatedPng(out, delayMillis).write(frames);
  }

  private void write(List<RgbImage> frames) throws IOException {
    RgbImage first = frames.get(0);
    out.write(SIGNATURE);
    // Eight bits a color, RGB, no interlacing.
    byte[] format = {8, 2, 0, 0, 0};
    chunk("IHDR", size(first, 13).put(format));
    chunk("acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(0));
    control(first);
    chunk("IDAT", ByteBuffer.wrap(compressed(first)));
    for (RgbImage frame : frames.subList(1, frames.size())) {
      if (frame.width() != first.width() || frame.height() != first.height()) {
        throw new IllegalArgumentException("expected frames of the same size");
      }
      control(frame);
      byte[] data = compressed(frame);
      chunk("fdAT", ByteBuffer.allocate(data.length + 4).putInt(sequence++).put(data));
    }
    chunk("IEND", ByteBuffer.allocate(0));
    out.flush();
  }

  private void control(RgbImage frame) throws IOException {
    ByteBuffer control = ByteBuffer.allocate(26).putInt(sequence++);
    control.putInt(frame.width()).putInt(frame.height()).putInt(0).putInt(0);
    control.putShort(delayMillis).putShort((short) 1000).put((byte) 0).put((byte) 0);
    chunk("fcTL", control);
  }

  private static ByteBuffer size(RgbImage image, int bytes) {
    return ByteBuffer.allocate(bytes).putInt(image.width()).putInt(image.height());
  }

  private void chunk(String type, ByteBuffer buffer) throws IOException {
    byte[] data = new byte[buffer.capacity()];
    buffer.rewind().get(data);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) sum.getValue());
  }

  // A row begins with its filter; 0 is none.
  private static byte[] compressed(RgbImage image) throws IOException {
    byte[] row = new byte[1 + BYTES_PER_PIXEL * image.width()];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          int pixel = image.pixel(y, x);
          row[1 + BYTES_PER_PIXEL * x] = (byte) RgbImage.red(pixel);
          row[2 + BYTES_PER_PIXEL * x] = (byte) RgbImage.green(pixel);
          row[3 + BYTES_PER_PIXEL * x] = (byte) RgbImage.blue(pixel);
        }
        deflated.write(row);
      }
    }
    return bytes.toByteArray();
  }
}
