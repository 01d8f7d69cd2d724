package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The part of one shard's state in a round's average.
 *
 * @param updateNorm Euclidean norm of the change of its weights in the round; NaN if it has no
 *     examples to average
 * @param distanceFromAverage Euclidean distance of its weights from the average; NaN if it is not
 *     averaged
 * @param isOutlier whether it is left out of the average by the {@link OutlierRule}
 */
@DefaultSerializer(JavaSerializer.class)
public record Contribution(double updateNorm, double distanceFromAverage, boolean isOutlier)
    implements Serializable {}
