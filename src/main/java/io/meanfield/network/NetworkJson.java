package io.meanfield.network;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.settings.SettingsTree;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A network as JSON in the words of the settings, for model files. */
public final class NetworkJson {
  private NetworkJson() {}

  /** What {@link #parse} reads. */
  public static String write(NetworkSettings network) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("input", network.input());
    words.put("layers", network.layers().stream().map(LayerConfig::write).toList());
    words.put("loss", configValue(network.loss()));
    Map<String, Object> optimizer = optimizer(network.optimizer());
    if (network.clipping() instanceof GradientClipping.Norm norm) {
      optimizer.put("clip-norm", norm.limit());
    } else if (network.clipping() instanceof GradientClipping.Value value) {
      optimizer.put("clip-value", value.limit());
    }
    optimizer.put("schedule", schedule(network.schedule()));
    words.put("optimizer", optimizer);
    return ConfigValueFactory.fromMap(Map.of("network", words))
        .render(ConfigRenderOptions.concise());
  }

  /**
   * The network that {@link #write} has written.
   *
   * @param origin the file, for messages
   * @throws io.meanfield.error.UserException if it is not one, with every problem that there is
   */
  public static NetworkSettings parse(String json, String origin) {
    SettingsTree tree = SettingsTree.parse(json, origin);
    NetworkSettings network = NetworkSettings.read(tree.section("network"));
    tree.throwIfInvalid();
    return network;
  }

  private static Map<String, Object> optimizer(Optimizer optimizer) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("learning-rate", optimizer.learningRate());
    if (optimizer instanceof Optimizer.Sgd sgd) {
      words.put("name", "sgd");
      words.put("momentum", sgd.momentum());
      words.put("nesterov", sgd.nesterov());
    } else if (optimizer instanceof Optimizer.RmsProp rms) {
      words.put("name", "rmsprop");
      words.put("rho", rms.rho());
      words.put("epsilon", rms.epsilon());
    } else if (optimizer instanceof Optimizer.Adam adam) {
      words.put("name", "adam");
      moments(words, adam.beta1(), adam.beta2(), adam.epsilon());
    } else if (optimizer instanceof Optimizer.AdamW adam) {
      words.put("name", "adamw");
      moments(words, adam.beta1(), adam.beta2(), adam.epsilon());
      words.put("weight-decay", adam.weightDecay());
    }
    return words;
  }

  private static void moments(
      Map<String, Object> words, double beta1, double beta2, double epsilon) {
    words.put("beta-1", beta1);
    words.put("beta-2", beta2);
    words.put("epsilon", epsilon);
  }

  private static Map<String, Object> schedule(LearningRateSchedule schedule) {
    Map<String, Object> words = new LinkedHashMap<>();
    LearningRateSchedule decay = schedule;
    if (schedule instanceof LearningRateSchedule.WarmUp warmUp) {
      words.put("warmup-steps", warmUp.steps());
      decay = warmUp.next();
    } else {
      words.put("warmup-steps", 0);
    }
    if (decay instanceof LearningRateSchedule.Step step) {
      words.put("name", "step");
      words.put("decay-steps", step.decaySteps());
      words.put("decay-rate", step.decayRate());
    } else if (decay instanceof LearningRateSchedule.Exponential exponential) {
      words.put("name", "exponential");
      words.put("decay-steps", exponential.decaySteps());
      words.put("decay-rate", exponential.decayRate());
    } else if (decay instanceof LearningRateSchedule.Cosine cosine) {
      words.put("name", "cosine");
      words.put("decay-steps", cosine.decaySteps());
      words.put("alpha", cosine.alpha());
    } else {
      words.put("name", "constant");
    }
    return words;
  }

  private static String configValue(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
