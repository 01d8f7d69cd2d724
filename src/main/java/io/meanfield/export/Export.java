package io.meanfield.export;

import io.meanfield.batch.ForwardPass;
import io.meanfield.data.encoding.InputNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.evaluate.metric.PredictionSets;
import io.meanfield.export.onnx.OnnxModel;
import io.meanfield.export.onnx.OnnxSession;
import io.meanfield.network.Intervals;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import java.util.Arrays;

/** Writes a model as ONNX and compares the outputs of ONNX Runtime with those of the model. */
public record Export(ExportedModel exported) {

  /**
   * Returns the content of the file after its outputs were compared with those of the model.
   *
   * @throws UserException if ONNX cannot hold the model, or if an output differs by more than
   *     {@link Proof#LIMIT}
   */
  public ProvedFile proved(ProofExamples examples) {
    byte[] file = write();
    return proved(file, examples, outputs(file, examples));
  }

  /** Returns the content of the file, which is not compared with the model. */
  public byte[] write() {
    return new OnnxModel(exported.model(), exported.input(), exported.labels())
        .file(exported.version(), exported.properties());
  }

  /** Returns the outputs that a file gives for examples, [examples, outputs]. */
  float[] outputs(byte[] file, ProofExamples examples) {
    try (OnnxSession session = OnnxSession.open(file)) {
      OnnxSession.Result result =
          session.run(exported.input(), examples.rows(), exported.network().outputs());
      requireLabels(result);
      requireIntervals(result);
      return result.outputs();
    }
  }

  // Of a label that arrives damaged, only that it is no other one can be said.
  private boolean isLabel(String found, int cls) {
    String expected = exported.labels().get(cls);
    return expected.equals(found)
        || (InputNames.isDamaged(expected) && !exported.labels().contains(found));
  }

  /** Throws if a label is not the one of the outputs beside it. */
  private void requireLabels(OnnxSession.Result result) {
    int width = exported.network().outputs();
    for (int row = 0; row < result.labels().size(); row++) {
      int cls = exported.model().threshold().predictedClass(result.outputs(), row * width, width);
      String found = result.labels().get(row);
      if (cls < exported.labels().size() && !isLabel(found, cls)) {
        throw differs(
            "labels example %s of the comparison as %s, expected %s"
                .formatted(row, found, exported.labels().get(cls)));
      }
    }
  }

  /** Throws if an interval or a set is not the one of the outputs beside it. */
  private void requireIntervals(OnnxSession.Result result) {
    Model model = exported.model();
    Intervals intervals = model.network().intervals();
    int width = exported.network().outputs();
    for (Intervals.Level level : intervals.levels()) {
      if (intervals.scales().isEmpty()) {
        requireSets(result, level);
      } else {
        for (int side : new int[] {-1, 1}) {
          float[] expected = result.outputs().clone();
          for (int i = 0; i < expected.length; i++) {
            expected[i] += (float) (side * intervals.radius(level, i % width, expected[i]));
          }
          String name =
              (side < 0 ? PredictedColumns.LOWER : PredictedColumns.UPPER) + "_" + level.suffix();
          double difference =
              OutputDifference.largest(expected, result.intervals().get(name), width, false);
          if (!(difference <= Proof.LIMIT)) {
            throw differs(
                "has intervals %s that differ from the model by %s, expected at most %s"
                    .formatted(name, difference, Proof.LIMIT));
          }
        }
      }
    }
  }

  private void requireSets(OnnxSession.Result result, Intervals.Level level) {
    int width = exported.network().outputs();
    int classes = TaskType.classes(width);
    String name = PredictedColumns.SET + "_" + level.suffix();
    float[] found = result.intervals().get(name);
    for (int row = 0; row < found.length / classes; row++) {
      float[] expected = new float[classes];
      PredictionSets.of(
              result.outputs(),
              row * width,
              width,
              exported.model().threshold(),
              level.leastScore())
          .forEach(cls -> expected[cls] = 1);
      if (!Arrays.equals(expected, 0, classes, found, row * classes, (row + 1) * classes)) {
        throw differs(
            "gives example %s of the comparison another set of classes %s".formatted(row, name));
      }
    }
  }

  /**
   * Compares the outputs of the file with those of the model.
   *
   * @param found the outputs of the file, [examples, outputs]
   */
  ProvedFile proved(byte[] file, ProofExamples examples, float[] found) {
    return new ProvedFile(file, proof(examples, found));
  }

  /**
   * Compares outputs with those of the model.
   *
   * @param found the outputs of what was exported, [examples, outputs]
   * @throws UserException if an output differs by more than {@link Proof#LIMIT}
   */
  public Proof proof(ProofExamples examples, float[] found) {
    Model model = exported.model();
    float[] expected = ForwardPass.outputs(model.network(), model.state(), examples.encoded());
    double difference =
        OutputDifference.largest(
            expected,
            found,
            model.network().outputs(),
            model.network().loss().givesProbabilities());
    Proof proof = new Proof(examples.origin(), examples.rows().count(), difference);
    if (!proof.isWithinLimit()) {
      throw differs(
          "differs from the model by %s on %s examples (%s), expected at most %s"
              .formatted(proof.largestDifference(), proof.examples(), proof.inputs(), Proof.LIMIT));
    }
    return proof;
  }

  private UserException differs(String problem) {
    return UserException.of(
        ErrorCode.EXPORT_DIFFERS,
        "the onnx export of %s %s; no file was written",
        exported.name(),
        problem);
  }
}
