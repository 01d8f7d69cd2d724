package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a group's task to the driver.
 *
 * @param computeNanos time from the start of the task to its end
 * @param bytesOut size of the state that the task returns
 */
@DefaultSerializer(JavaSerializer.class)
record GroupReport(
    int group, List<WorkerReport> workers, String host, long computeNanos, long bytesOut)
    implements Serializable {

  /** Returns the number of examples whose steps entered the group's state. */
  long averagedExamples() {
    return workers.stream().mapToLong(worker -> worker.averaged().examples()).sum();
  }
}
