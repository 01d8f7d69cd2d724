package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;

/** The column of a regression: the prediction; none if it is switched off. */
@DefaultSerializer(JavaSerializer.class)
record NumberColumn(boolean isOn) implements OutputColumns {
  @Override
  public Object[] of(float[] outputs) {
    return isOn ? new Object[] {(double) outputs[0]} : new Object[0];
  }
}
