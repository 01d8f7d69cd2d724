package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * What a group's task tells the driver.
 *
 * @param computeNanos from its start to its end
 * @param bytesOut of its state
 */
@DefaultSerializer(JavaSerializer.class)
record GroupReport(
    int group, List<WorkerReport> workers, String host, long computeNanos, long bytesOut)
    implements Serializable {

  /** Examples whose steps went into the group's state. */
  long averagedExamples() {
    return workers.stream().mapToLong(worker -> worker.averaged().examples()).sum();
  }
}
