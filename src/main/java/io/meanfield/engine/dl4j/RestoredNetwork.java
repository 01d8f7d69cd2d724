package io.meanfield.engine.dl4j;

import io.meanfield.network.NetworkSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/** A network that DL4J alone restores from a model file, without the settings that it ignores. */
public final class RestoredNetwork {
  private static final int BATCH = 512;

  private final NetworkSettings network;
  private final MultiLayerNetwork restored;

  private RestoredNetwork(NetworkSettings network, MultiLayerNetwork restored) {
    this.network = network;
    this.restored = restored;
  }

  /**
   * Restores a network.
   *
   * @param file the bytes that {@link ModelFile#write} has written; DL4J reads entries of other
   *     files by Java deserialisation
   * @throws IOException if DL4J cannot read the file
   */
  public static RestoredNetwork of(byte[] file, NetworkSettings network) throws IOException {
    NativeThreads.useSingle();
    return new RestoredNetwork(
        network, ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file), false));
  }

  /**
   * Returns the outputs, [count, outputs].
   *
   * @param inputs [count, inputs]
   */
  public float[] outputs(float[] inputs, int count) {
    int width = network.inputs();
    float[] outputs = new float[Math.multiplyExact(count, network.outputs())];
    for (int first = 0; first < count; first += BATCH) {
      int size = Math.min(BATCH, count - first);
      float[] rows = Arrays.copyOfRange(inputs, first * width, (first + size) * width);
      float[] found =
          NativeFloats.read(restored.output(Dl4jFeatures.of(network, rows, size), false).dup('c'));
      System.arraycopy(found, 0, outputs, first * network.outputs(), found.length);
    }
    return outputs;
  }
}
