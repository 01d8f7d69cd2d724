package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.frame.SetColumns;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.Json;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Processor;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import io.meanfield.pipeline.train.FitRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;

/**
 * A trained network, and the encoder of the rows that it scores. Immutable, so threads may share
 * it.
 *
 * @param network with the kernels that it was trained with
 * @param state without the state of the optimizer
 * @param threshold from which a network for two classes predicts class 1
 * @param record what is known of the fit, as JSON
 */
@DefaultSerializer(JavaSerializer.class)
record TrainedNetwork(
    EngineNetwork network,
    LearnerState state,
    Threshold threshold,
    FrameEncoder encoder,
    String record)
    implements Serializable {

  static TrainedNetwork of(Model model, FrameEncoder encoder, FitRecord record) {
    return new TrainedNetwork(
        model.network(),
        model.state().withoutOptimizerState(),
        model.threshold(),
        encoder,
        Json.text(record));
  }

  /** Returns the model as the commands read it. */
  SavedModel saved() {
    return new SavedModel(model(), Optional.of(encoder.encoder()), encoder.images());
  }

  /** Returns the labels of the classes in the order of the probabilities, as texts. */
  List<String> labels() {
    return IntStream.range(0, TaskType.classes(network.outputs()))
        .mapToObj(cls -> encoder.encoder().labelName(cls).orElse(Integer.toString(cls)))
        .toList();
  }

  /** Returns what is known of the fit. */
  FitRecord fit() {
    try {
      return Json.parse(record.getBytes(StandardCharsets.UTF_8), FitRecord.class);
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("no record of a fit: " + record, e);
    }
  }

  Model model() {
    return new Model(network, state, threshold);
  }

  /** Returns the outputs for one encoded row. */
  float[] outputs(Vector features) {
    return outputs(network, state, example(features.toArray()));
  }

  /** Returns whether the only column of the training rows had vectors that are weighted sets. */
  boolean readsSets() {
    return encoder.columns().size() == 1 && encoder.columns().equals(encoder.encoder().texts());
  }

  /** Returns the outputs for the vector of one row, if it {@link #readsSets}. */
  float[] outputsOfSet(Vector features) {
    Object[] row = {SetColumns.ofVector(features)};
    return outputs(network, state, encoder.read(List.<Object[]>of(row), "the vector"));
  }

  private static Examples example(double[] values) {
    float[] features = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      features[i] = (float) values[i];
    }
    return new Examples(
        new long[1], new Features.Floats(features, values.length), new Targets.Unknown());
  }

  /**
   * Returns the outputs of a network for all examples, [count, outputs].
   *
   * <p>Selects the kernels of the training in a process that has not loaded the libraries and whose
   * processor has them. Other processes compute with the kernels that they have, because a program
   * cannot restart its executors.
   */
  static float[] outputs(EngineNetwork network, LearnerState state, Examples examples) {
    if (Processor.here().runs(network.kernels())) {
      NativeLibraries.pin(network.kernels());
    }
    return ForwardPass.outputs(network.withKernels(Kernels.NATIVE), state, examples);
  }
}
