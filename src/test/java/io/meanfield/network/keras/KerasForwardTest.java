package io.meanfield.network.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.AcceptedInputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares the engines' predictions with Keras' forward pass on the exported arrays. */
class KerasForwardTest {
  private static final int EXAMPLES = 3;

  @Property(tries = 24)
  void exportedArraysGiveTheEnginesPredictionsInKeras(
      @ForAll @IntRange(max = 5) int number, @ForAll Engine engine, @ForAll long seed)
      throws IOException, NpyFormat.Unreadable {
    NetworkSettings network = KerasNetworks.ALL.get(number);
    Assume.that(!network.equals(KerasNetworks.COLUMNS) || engine == Engine.TORCH);
    Random random = new Random(seed);
    float[] weights = KerasNetworks.weights(network, random);
    Minibatch batch = new Minibatch(EXAMPLES, network.inputs(), network.outputs());
    AcceptedInputs accepted = network.acceptedInputs();
    batch.reset(EXAMPLES, 0);
    for (int i = 0; i < EXAMPLES * network.inputs(); i++) {
      int categories = accepted.categories(i % network.inputs(), network.inputs());
      batch.features()[i] = categories == 0 ? random.nextFloat() : random.nextInt(categories);
    }
    float[] engineOutputs = new float[EXAMPLES * network.outputs()];
    Learners.withLearner(
        new EngineNetwork(network, engine),
        Device.CPU,
        learner -> predict(learner, weights, batch, engineOutputs));
    KerasForward keras = new KerasForward(network, exported(network, weights));
    for (int example = 0; example < EXAMPLES; example++) {
      double[] x = new double[network.inputs()];
      for (int i = 0; i < x.length; i++) {
        x[i] = batch.features()[batch.offset(example) + i];
      }
      double[] kerasOutputs = keras.predict(x);
      for (int i = 0; i < kerasOutputs.length; i++) {
        assertThat(Math.abs(kerasOutputs[i] - engineOutputs[example * kerasOutputs.length + i]))
            .isLessThan(2e-5);
      }
    }
  }

  private static boolean predict(
      Learner learner, float[] weights, Minibatch batch, float[] outputs) {
    learner.restore(LearnerState.fresh(weights));
    learner.predict(batch, outputs);
    return true;
  }

  private static Map<String, NumpyArray> exported(NetworkSettings network, float[] weights)
      throws IOException, NpyFormat.Unreadable {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    NpzFile.write(network, weights, file);
    Map<String, NumpyArray> arrays = new HashMap<>();
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.toByteArray()));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      arrays.put(entry.getName().replace(".npy", ""), NpyFormat.read(zip.readAllBytes()));
    }
    return arrays;
  }
}
