package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A network without its weights, and the engine and the kernels that compute it; small enough to
 * send to tasks.
 */
@DefaultSerializer(JavaSerializer.class)
public record EngineNetwork(NetworkSettings network, Engine engine, Kernels kernels)
    implements Serializable {

  /** Creates a network whose kernels each process selects by its processor. */
  public EngineNetwork(NetworkSettings network, Engine engine) {
    this(network, engine, Kernels.NATIVE);
  }

  /** Returns the same network on another engine. */
  public EngineNetwork withEngine(Engine other) {
    return new EngineNetwork(network, other, kernels);
  }

  /** Returns the same network with other kernels. */
  public EngineNetwork withKernels(Kernels other) {
    return new EngineNetwork(network, engine, other);
  }

  public int inputs() {
    return network.inputs();
  }

  public int outputs() {
    return network.outputs();
  }

  public Loss loss() {
    return network.loss();
  }
}
