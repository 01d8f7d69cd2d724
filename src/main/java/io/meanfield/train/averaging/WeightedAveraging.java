package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.IndexRange;
import java.io.Serializable;
import java.util.List;

/**
 * The way in which the states of a round are averaged.
 *
 * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
 * @param outliers decides which states are left out
 */
@DefaultSerializer(JavaSerializer.class)
public record WeightedAveraging(List<IndexRange> logDeviations, OutlierRule outliers)
    implements Serializable {

  /** Returns the way that averages all finite states. */
  public static WeightedAveraging ofAll(List<IndexRange> logDeviations) {
    return new WeightedAveraging(logDeviations, new OutlierRule.KeepAll());
  }
}
