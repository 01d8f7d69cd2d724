package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import java.io.Serializable;

/**
 * A network without its weights, and the engine and the kernels that compute it; small enough to
 * send to tasks.
 *
 * @param precision of the products in training
 * @param targets the scale of the targets that it learns; none for a finished model
 * @param bounds of the outputs of predictions; none in training
 * @param intervals around predictions; none in training
 */
@DefaultSerializer(JavaSerializer.class)
public record EngineNetwork(
    NetworkSettings settings,
    Engine engine,
    Kernels kernels,
    Precision precision,
    TargetScale targets,
    OutputBounds bounds,
    Intervals intervals)
    implements Serializable {

  /** Creates a network whose kernels each process selects by its processor. */
  public EngineNetwork(NetworkSettings settings, Engine engine) {
    this(
        settings,
        engine,
        Kernels.NATIVE,
        Precision.FLOAT32,
        TargetScale.NONE,
        OutputBounds.NONE,
        Intervals.NONE);
  }

  /** Returns the network of which each member of this ensemble is one. */
  public EngineNetwork member() {
    return new EngineNetwork(
        settings.member(), engine, kernels, precision, targets, bounds, intervals);
  }

  /** Returns the same network on another engine. */
  public EngineNetwork withEngine(Engine other) {
    return new EngineNetwork(settings, other, kernels, precision, targets, bounds, intervals);
  }

  /** Returns the same network with other kernels. */
  public EngineNetwork withKernels(Kernels other) {
    return new EngineNetwork(settings, engine, other, precision, targets, bounds, intervals);
  }

  /** Returns the same network that is trained with another precision. */
  public EngineNetwork withPrecision(Precision other) {
    return new EngineNetwork(settings, engine, kernels, other, targets, bounds, intervals);
  }

  /** Returns the same network that learns targets in another scale. */
  public EngineNetwork withTargets(TargetScale other) {
    return new EngineNetwork(settings, engine, kernels, precision, other, bounds, intervals);
  }

  /** Returns the same network with other bounds of its outputs. */
  public EngineNetwork within(OutputBounds other) {
    return new EngineNetwork(settings, engine, kernels, precision, targets, other, intervals);
  }

  /** Returns the same network with other intervals around its predictions. */
  public EngineNetwork with(Intervals other) {
    return new EngineNetwork(settings, engine, kernels, precision, targets, bounds, other);
  }

  public int inputs() {
    return settings.inputs();
  }

  public int outputs() {
    return settings.outputs();
  }

  public Loss loss() {
    return settings.loss();
  }
}
