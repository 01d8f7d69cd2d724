package io.meanfield.report.page;

import java.util.List;

/** Facts, one below the other. */
public record Facts(List<Fact> facts) implements Block {
  public Facts {
    facts = Validity.filled("a list of facts", "fact", facts);
  }
}
