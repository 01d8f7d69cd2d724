package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a table has in some columns of the rows of a partition, besides their examples.
 *
 * @param ids of the examples
 * @param texts [column][row], as Spark writes a value; an empty text for a missing one
 */
@DefaultSerializer(JavaSerializer.class)
public record ColumnTexts(long[] ids, String[][] texts) implements Serializable {}
