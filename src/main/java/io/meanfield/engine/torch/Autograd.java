package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.layers.TorchLayer;
import io.meanfield.engine.torch.layers.TorchLayers;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * The forward and the backward pass through layers of any kind. LibTorch records the forward pass
 * and derives the backward pass from it.
 */
final class Autograd implements Backprop {
  private final TorchParameters weights;
  private final Shape input;
  private final List<TorchLayer> layers = new ArrayList<>();

  Autograd(NetworkSettings network, TorchParameters weights) {
    this.weights = weights;
    this.input = network.exampleShape();
    List<Layer> settings = network.layers();
    for (int i = 0; i < settings.size(); i++) {
      layers.add(LayerTypes.visit(settings.get(i), new TorchLayers(settings, i, weights)));
    }
  }

  @Override
  public Tensor forward(Tensor features, ForwardContext pass) {
    Tensor x = shaped(pass.scaled(features), pass.size());
    for (TorchLayer layer : layers) {
      x = layer.forward(x, pass);
    }
    return x;
  }

  @Override
  public void restart() {
    layers.forEach(TorchLayer::restart);
  }

  /** Returns the features in the shape that {@link TorchLayer} requires. */
  private Tensor shaped(Tensor features, int size) {
    if (input instanceof Shape.Image image) {
      return features
          .view(size, image.height(), image.width(), image.channels())
          .permute(0, 3, 1, 2);
    }
    return input instanceof Shape.Sequence sequence
        ? features.view(size, sequence.steps(), sequence.features())
        : features;
  }

  @Override
  public void backward(Tensor sums, Tensor delta) {
    weights.gradients().zero_();
    sums.backward(delta, new BoolOptional(), false, new TensorArrayRefOptional());
  }
}
