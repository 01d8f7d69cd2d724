package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayFormatTest {
  private static final int COUNT = 40_000; // more than one block of the reader

  private static float[] numbers() {
    float[] numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = (i - 7) / 3f;
    }
    return numbers;
  }

  @BeforeAll
  static void useOneThread() {
    NativeThreads.useSingle();
  }

  private static byte[] nd4jBytes(INDArray array) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(out));
    return out.toByteArray();
  }

  private static byte[] bytes(float[] numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrayFormat.write(numbers, out);
    return out.toByteArray();
  }

  private static float[] read(byte[] bytes, int count) throws Exception {
    return ArrayFormat.read(new ByteArrayInputStream(bytes), count);
  }

  @Test
  void writesTheBytesThatNd4jWrites() throws IOException {
    assertThat(bytes(numbers()))
        .isEqualTo(nd4jBytes(Nd4j.createFromArray(numbers()).reshape(1, COUNT)));
    assertThat(bytes(new float[] {3}))
        .isEqualTo(nd4jBytes(Nd4j.createFromArray(new float[] {3}).reshape(1, 1)));
  }

  @Test
  void readsRowsAndVectorsOfNd4jInBothOrders() throws Exception {
    INDArray vector = Nd4j.createFromArray(numbers());
    assertThat(read(nd4jBytes(vector), COUNT)).isEqualTo(numbers());
    assertThat(read(nd4jBytes(vector.reshape('c', 1, COUNT)), COUNT)).isEqualTo(numbers());
    assertThat(read(nd4jBytes(vector.reshape(1, COUNT).dup('f')), COUNT)).isEqualTo(numbers());
  }

  private static void assertRefused(byte[] bytes, int count, String message) {
    assertThatThrownBy(() -> read(bytes, count))
        .isInstanceOf(ArrayFormat.Unreadable.class)
        .hasMessage(message);
  }

  @Test
  void arrayOfAnotherShapeOrTypeIsRefused() throws IOException {
    INDArray vector = Nd4j.createFromArray(new float[] {1, 2, 3, 4});
    String shape = "has another shape than its 4 numbers, expected [1, 4] of type FLOAT";
    assertRefused(nd4jBytes(vector.reshape(2, 2)), 4, shape);
    assertRefused(nd4jBytes(vector.reshape(4, 1)), 4, shape);
    assertRefused(
        nd4jBytes(vector.reshape(2, 2, 1)),
        4,
        "has a shape of 10 values, expected an array of one row");
    assertRefused(
        nd4jBytes(vector.castTo(DataType.DOUBLE)),
        4,
        "has numbers of type DOUBLE, expected 32-bit floats (FLOAT); convert the network with"
            + " DL4J's convertDataType and save it again");
    assertRefused(
        nd4jBytes(vector), 5, "has 4 numbers, expected 5 for the network that it describes");
    assertRefused(new byte[0], 4, "ends too early, expected 4 numbers");
    assertRefused(new byte[] {0, 2, 'a', 'b'}, 4, "is not an array of ND4J");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] complete = bytes(new float[] {1, 2, 3});
    for (int length = 0; length < complete.length; length++) {
      byte[] truncated = Arrays.copyOf(complete, length);
      assertThatThrownBy(() -> read(truncated, 3)).isInstanceOf(ArrayFormat.Unreadable.class);
    }
    assertRefused(Arrays.copyOf(complete, complete.length + 1), 3, "has bytes after its 3 numbers");
  }
}
