package io.meanfield.pretrain;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Layer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/**
 * The settings of pre-training without labels.
 *
 * @param epochs passes over the training examples for each layer before the last
 */
@DefaultSerializer(JavaSerializer.class)
public record PretrainSettings(Method method, int epochs) implements Serializable {
  /** The rate of the first minibatch; it falls linearly to 0 over the epochs of a layer. */
  static final double LEARNING_RATE = 0.05;

  /** The probability with which a denoising autoencoder sets an input to 0. */
  static final double CORRUPTION = 0.3;

  /** Nothing is learnt without labels. */
  public static final PretrainSettings OFF = new PretrainSettings(Method.NONE, 1);

  /** What the layers learn without labels. */
  public enum Method {
    /** Nothing: training starts from random weights. */
    NONE,
    /** The distribution of their inputs, by contrastive divergence (Hinton 2002). */
    RBM,
    /** To restore inputs of which some were set to 0 (Vincent et al. 2008). */
    AUTOENCODER
  }

  /** Reads the section {@code pretrain}; each invalid value becomes a problem of the settings. */
  public static PretrainSettings read(Section pretrain, NetworkSettings network) {
    PretrainSettings settings =
        new PretrainSettings(
            pretrain.choice("method", Method.class), pretrain.integer("epochs", 1));
    if (settings.isOn() && !canLearn(network.layers())) {
      pretrain.invalid(
          "method",
          "none, because network.layers are not one or more dense layers with activation ="
              + " sigmoid before the last layer");
    }
    if (settings.isOn() && network.members() > 1) {
      pretrain.invalid("method", "none, because train.members is above 1");
    }
    return settings;
  }

  private static boolean canLearn(List<Layer> layers) {
    return layers.size() > 1
        && layers.subList(0, layers.size() - 1).stream()
            .allMatch(
                layer -> layer.asDense().isPresent() && layer.activation() == Activation.SIGMOID);
  }

  /** Returns whether layers learn before training. */
  public boolean isOn() {
    return method != Method.NONE;
  }
}
