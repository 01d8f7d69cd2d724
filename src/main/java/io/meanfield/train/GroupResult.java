package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;

/**
 * What a group's task brings back to the driver: its mean state and what each of its workers did.
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record GroupResult(
    int group, LearnerState state, List<WorkerReport> workers, String host, long computeNanos)
    implements Serializable {

  Contribution contribution() {
    return new Contribution(
        state, workers.stream().mapToLong(WorkerReport::averagedExamples).sum());
  }
}
