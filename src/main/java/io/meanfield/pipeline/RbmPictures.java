package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.RbmStack;
import io.meanfield.network.layers.Shape;
import io.meanfield.report.CaptionedImage;
import io.meanfield.report.ImageGrid;
import io.meanfield.report.RgbImage;
import io.meanfield.store.ExportedFile;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The pictures of the command {@code show} of a network that begins with restricted Boltzmann
 * machines: samples of the model, and what its hidden units respond to. Creates no run.
 */
public final class RbmPictures {
  private final Configuration hadoop;
  private final JobSettings settings;
  private final RbmStack stack;
  private final Shape.Image shape;

  /**
   * Reads a model.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   * @throws UserException if the network does not begin with a restricted Boltzmann machine, or if
   *     its inputs are no images
   */
  public RbmPictures(Configuration hadoop, JobSettings settings, String model) {
    ModelReference reference =
        ModelReference.load(ModelCatalog.of(hadoop, settings), settings, model);
    this.hadoop = hadoop;
    this.settings = settings;
    this.stack = RbmStack.of(reference.model());
    if (stack.isEmpty()) {
      throw unusable(
          model
              + " has no distribution of its inputs: expected rbm as its first layer, found "
              + reference.model().network().settings().layers().get(0).display());
    }
    List<Integer> input = reference.model().network().settings().input();
    this.shape =
        Shape.of(input)
            .image()
            .filter(image -> image.channels() == 1)
            .orElseThrow(
                () ->
                    unusable(
                        "the inputs of "
                            + model
                            + " cannot be drawn: expected a square number of inputs, found "
                            + input));
  }

  private static UserException unusable(String message) {
    return new UserException(ErrorCode.MODEL_UNUSABLE, message);
  }

  /** Returns examples that the model draws with run.seed. */
  public ExampleView.Images samples(int count) {
    requireCount("samples", count, ShowJob.MAX_EXAMPLES);
    return pictures("sample", stack.samples(count, settings.seed()));
  }

  /**
   * Returns the weights of the first hidden units as pictures: gray for 0, white for the largest
   * magnitude of the unit, black for its negative.
   */
  public ExampleView.Images receptiveFields(int count) {
    requireCount("hidden units", count, Math.min(ShowJob.MAX_EXAMPLES, stack.units()));
    return pictures(
        "unit", stack.receptiveFields(count).stream().map(RbmPictures::aroundGray).toList());
  }

  private static void requireCount(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "expected 1 to " + most + " " + what + " to show at once, found " + count);
    }
  }

  private static float[] aroundGray(float[] weights) {
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    float[] gray = new float[weights.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = largest == 0 ? 0.5f : 0.5f + weights[i] / (2 * largest);
    }
    return gray;
  }

  private ExampleView.Images pictures(String name, List<float[]> values) {
    return new ExampleView.Images(
        IntStream.range(0, values.size())
            .mapToObj(
                i ->
                    new CaptionedImage(
                        RgbImage.of(shape.height(), shape.width(), 1, values.get(i)),
                        List.of(name + " " + i)))
            .toList());
  }

  /**
   * Writes pictures as one PNG file.
   *
   * @return the path of the file, for display
   */
  public String export(ExampleView.Images pictures, String file) {
    return ExportedFile.write(hadoop, file, out -> ImageGrid.write(pictures.images(), out));
  }
}
