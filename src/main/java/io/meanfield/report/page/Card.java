package io.meanfield.report.page;

import java.util.List;

/** A card with a title and facts, such as one model of several. */
public record Card(String title, List<Fact> facts) {
  public Card {
    Validity.text("the title of a card", title);
    facts = Validity.filled("card " + title, "fact", facts);
  }
}
