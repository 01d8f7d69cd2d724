package io.meanfield.report.page;

import java.util.List;

/** Cards side by side. */
public record Cards(String caption, List<Card> cards) implements Block {
  public Cards {
    Validity.text("the caption of cards", caption);
    cards = Validity.filled("the cards " + caption, "card", cards);
  }
}
