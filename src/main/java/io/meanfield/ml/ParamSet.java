package io.meanfield.ml;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The param objects of one estimator or model, by name. */
final class ParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<String, Param<?>> params = new HashMap<>();

  /** Adds a param without a default. */
  void add(Param<?> param) {
    params.put(param.name(), param);
  }

  /** Adds a param and sets its default. */
  <T> void add(Params owner, Param<T> param, T value) {
    add(param);
    owner.setDefault(param, value);
  }

  /** Returns a param that was added; {@code P} is its type. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <P extends Param<?>> P get(String name) {
    return (P) params.get(name);
  }
}
