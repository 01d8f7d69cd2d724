package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The report on one round.
 *
 * @param groups the reports of the groups after the average
 * @param nanos time from the start of the round to its end, where it was computed
 */
@DefaultSerializer(JavaSerializer.class)
record RoundReport(Round round, List<GroupReport> groups, long nanos) implements Serializable {}
