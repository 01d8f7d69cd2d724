package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.dl4j.Dl4jNetwork;
import java.io.Serializable;

/**
 * What a network is made of, without its weights; small enough to travel.
 *
 * @param configuration DL4J's JSON of a MultiLayerConfiguration, the common language of all
 *     engines; its learning rate is the schedule's base
 * @param schedule of the learning rate; not part of a model file, because DL4J has no class for it
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Architecture(
    String configuration, int inputs, int outputs, Loss loss, Schedule schedule)
    implements Serializable {

  public static Architecture of(NetworkSettings network) {
    return new Architecture(
        Dl4jNetwork.configuration(network).toJson(),
        network.inputs(),
        network.outputs(),
        network.loss(),
        network.schedule());
  }
}
