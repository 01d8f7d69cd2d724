package io.meanfield.train.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an epoch that has ended: the file {@code epochs/NNNNNN.json}, whose appearance
 * makes the epoch count.
 *
 * @param stateSha256 of the checkpoint that belongs to it
 */
record EpochRecord(EpochResult result, List<RoundRow> rounds, String stateSha256) {

  static String name(int epoch) {
    return String.format("epochs/%06d.json", epoch);
  }

  String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epoch", result.epoch());
    map.put("train_loss", result.trainLoss());
    result.trainAccuracy().ifPresent(accuracy -> map.put("train_accuracy", accuracy));
    result.validationLoss().ifPresent(loss -> map.put("validation_loss", loss));
    result.validationAccuracy().ifPresent(accuracy -> map.put("validation_accuracy", accuracy));
    map.put("examples", result.examples());
    map.put("seconds", result.seconds());
    map.put("learning_rate", result.learningRate());
    result.pretrainedLayer().ifPresent(layer -> map.put("pretrained_layer", layer));
    map.put("state_sha256", stateSha256);
    map.put("rounds", rounds.stream().map(EpochRecord::toMap).toList());
    return ConfigFactory.parseMap(map).root().render(ConfigRenderOptions.concise());
  }

  static EpochRecord parse(Config json) {
    int epoch = json.getInt("epoch");
    EpochResult result =
        new EpochResult(
            epoch,
            json.getDouble("train_loss"),
            number(json, "train_accuracy"),
            number(json, "validation_loss"),
            number(json, "validation_accuracy"),
            json.getLong("examples"),
            json.getDouble("seconds"),
            json.getDouble("learning_rate"),
            json.hasPath("pretrained_layer")
                ? Optional.of(json.getInt("pretrained_layer"))
                : Optional.empty());
    List<RoundRow> rounds = new ArrayList<>();
    for (Config round : json.getConfigList("rounds")) {
      rounds.add(workerRound(epoch, round));
    }
    return new EpochRecord(result, List.copyOf(rounds), json.getString("state_sha256"));
  }

  private static Map<String, Object> toMap(RoundRow round) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("round", round.round());
    map.put("group", round.group());
    map.put("worker", round.worker());
    map.put("host", round.host());
    map.put("examples", round.examples());
    map.put("batches", round.batches());
    round.loss().ifPresent(loss -> map.put("loss", loss));
    map.put("compute_ms", round.computeMillis());
    map.put("wait_ms", round.waitMillis());
    map.put("bytes_in", round.bytesIn());
    map.put("bytes_out", round.bytesOut());
    round.gpu().ifPresent(gpu -> map.put("gpu", gpu));
    map.put("quarantined", round.quarantined());
    return map;
  }

  private static RoundRow workerRound(int epoch, Config json) {
    return new RoundRow(
        epoch,
        json.getInt("round"),
        json.getInt("group"),
        json.getInt("worker"),
        json.getString("host"),
        json.getLong("examples"),
        json.getInt("batches"),
        number(json, "loss"),
        json.getDouble("compute_ms"),
        json.getDouble("wait_ms"),
        json.getLong("bytes_in"),
        json.getLong("bytes_out"),
        json.hasPath("gpu") ? Optional.of(json.getString("gpu")) : Optional.empty(),
        json.getBoolean("quarantined"));
  }

  private static Optional<Double> number(Config json, String key) {
    return json.hasPath(key) ? Optional.of(json.getDouble(key)) : Optional.empty();
  }
}
