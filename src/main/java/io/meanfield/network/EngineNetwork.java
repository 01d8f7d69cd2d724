package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A network without its weights, and the engine that computes it; small enough to send to tasks.
 */
@DefaultSerializer(JavaSerializer.class)
public record EngineNetwork(NetworkSettings network, Engine engine) implements Serializable {

  /** Returns the same network on another engine. */
  public EngineNetwork withEngine(Engine other) {
    return new EngineNetwork(network, other);
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
