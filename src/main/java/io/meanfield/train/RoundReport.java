package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a task on one of its rounds.
 *
 * @param workers a group for each worker
 * @param nanos time from the start of the round to its end, in the task
 */
@DefaultSerializer(JavaSerializer.class)
record RoundReport(Round round, List<GroupReport> workers, long nanos) implements Serializable {}
