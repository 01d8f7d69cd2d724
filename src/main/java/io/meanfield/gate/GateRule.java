package io.meanfield.gate;

import java.util.List;

/** A rule that data must satisfy. */
@FunctionalInterface
interface GateRule {
  /** Returns one check or several; none if the rule does not apply to the data. */
  List<GateCheck> check(Inspection data);
}
