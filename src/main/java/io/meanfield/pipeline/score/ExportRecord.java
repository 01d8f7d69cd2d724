package io.meanfield.pipeline.score;

import com.typesafe.config.ConfigValueFactory;
import io.meanfield.export.Proof;
import io.meanfield.export.ProvedFile;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.Threshold;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The description of an exported file, which is written beside it.
 *
 * @param model the name of the model as it was given
 * @param weightsSha256 as {@link io.meanfield.network.LearnerState#weightsSha256}
 * @param fileSha256 of the exported file, in hexadecimal
 * @param network the settings of the network
 * @param threshold the smallest output of class 1 from which the model predicts class 1; empty if
 *     none was set
 */
public record ExportRecord(
    int schemaVersion,
    String model,
    String format,
    String weightsSha256,
    String fileSha256,
    Proof proof,
    Map<String, Object> network,
    Optional<Float> threshold) {
  /** What follows the name of the exported file. */
  public static final String SUFFIX = ".json";

  private static final int NEWEST = 1;

  /**
   * Returns the description of a file.
   *
   * @param name of the model
   */
  public static ExportRecord of(String name, ExportFormat format, Model model, ProvedFile file) {
    Threshold threshold = model.threshold();
    return new ExportRecord(
        NEWEST,
        name,
        format.id(),
        model.state().weightsSha256(),
        DigestUtils.sha256Hex(file.content()),
        file.proof(),
        ConfigValueFactory.fromMap(NetworkJson.settings(model.network().settings())).unwrapped(),
        Optional.of(threshold).filter(Threshold::isSet).map(Threshold::value));
  }
}
