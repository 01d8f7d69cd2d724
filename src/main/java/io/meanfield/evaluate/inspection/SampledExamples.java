package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.TaskType;
import io.meanfield.report.ReadableNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Adds to chosen examples what a person sees of them: the image, or unusual columns. */
final class SampledExamples {
  private static final int SHOWN_NUMBERS = 8;

  private final OutputSpec outputs;
  private final InspectedExamples examples;
  private final Optional<ColumnProfile> profile;

  SampledExamples(OutputSpec outputs, InspectedExamples examples) {
    this.outputs = outputs;
    this.examples = examples;
    this.profile = profile(examples);
  }

  private static Optional<ColumnProfile> profile(InspectedExamples examples) {
    return examples
        .encoder()
        .flatMap(
            encoder ->
                Optional.of(examples.randomUsual())
                    .filter(usual -> usual.count() > 0)
                    .map(usual -> ColumnProfile.of(encoder, usual)));
  }

  /** Returns the samples in the order of the candidates. */
  List<Sample> of(List<Candidate> candidates) {
    Map<Long, float[]> inputs = inputs(candidates);
    return candidates.stream()
        .filter(candidate -> inputs.containsKey(candidate.id()))
        .map(candidate -> sample(candidate, inputs.get(candidate.id())))
        .toList();
  }

  private Map<Long, float[]> inputs(List<Candidate> candidates) {
    Map<Long, float[]> inputs = new HashMap<>();
    if (examples.encoder().isEmpty() && examples.picture().isEmpty()) {
      candidates.forEach(candidate -> inputs.put(candidate.id(), new float[0]));
      return inputs;
    }
    List<Examples> blocks =
        ExampleSample.named(
            examples.blocks(), candidates.stream().map(Candidate::id).collect(Collectors.toSet()));
    for (Examples block : blocks) {
      for (int row = 0; row < block.count(); row++) {
        float[] values = new float[block.width()];
        block.features().write(row, values, 0);
        inputs.put(block.ids()[row], values);
      }
    }
    return inputs;
  }

  private Sample sample(Candidate candidate, float[] inputs) {
    return new Sample(
        candidate.id(),
        candidate.key(),
        candidate.kind(),
        text(candidate.targets()),
        predicted(candidate),
        outputs.hasClassProbabilities()
            ? Optional.of((double) candidate.score())
            : Optional.empty(),
        examples.picture().map(shape -> PixelImage.of(shape, inputs)),
        profile.map(usual -> usual.unusual(inputs)).orElse(List.of()));
  }

  private String predicted(Candidate candidate) {
    return outputs.isSingleLabel()
        ? label(outputs.threshold().predictedClass(candidate.outputs(), 0, outputs.width()))
        : text(candidate.outputs());
  }

  private String text(float[] values) {
    return switch (outputs.taskType()) {
      case BINARY, MULTI_CLASS -> label(TaskType.predictedClass(values, 0, values.length));
      case MULTI_LABEL ->
          IntStream.range(0, values.length)
              .filter(label -> TaskType.isPositive(values[label]))
              .mapToObj(this::label)
              .collect(Collectors.joining(", "));
      case REGRESSION ->
          IntStream.range(0, Math.min(values.length, SHOWN_NUMBERS))
              .mapToObj(i -> ReadableNumber.text(values[i]))
              .collect(Collectors.joining(", "));
    };
  }

  private String label(int cls) {
    return examples
        .table()
        .flatMap(encoder -> encoder.labelName(cls))
        .orElse(Integer.toString(cls));
  }
}
