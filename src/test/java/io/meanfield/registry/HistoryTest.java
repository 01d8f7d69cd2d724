package io.meanfield.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.json.Json;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Cause CAUSE = new Cause("ann", "better", Optional.empty());

  private static History promotions(List<Integer> versions) {
    History history = History.EMPTY;
    for (int version : versions) {
      history = with(history, Change.promotion(version, history.champion()));
    }
    return history;
  }

  private static History with(History history, Change change) {
    return history.with(HistoryEntry.create(history.entries().size() + 1, change, CAUSE));
  }

  private static History rolledBack(History history, int version) {
    return with(history, Change.rollBack(version, history.champion()));
  }

  @Property
  void rollBackToThePreviousChampionUndoesAPromotion(
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 5) Integer> versions,
      @ForAll @IntRange(min = 6, max = 9) int promoted) {
    History before = promotions(versions);
    History after = with(before, Change.promotion(promoted, before.champion()));
    assertThat(after.champion()).contains(promoted);
    assertThat(after.previousChampion()).isEqualTo(before.champion());
    assertThat(rolledBack(after, before.champion().orElseThrow()).champions())
        .isEqualTo(before.champions());
  }

  @Property
  void championIsTheTargetOfTheLastPromotionOrRollBack(
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 5) Integer> versions,
      @ForAll @IntRange(min = 1, max = 5) int target) {
    assertThat(rolledBack(promotions(versions), target).champion()).contains(target);
  }

  @Test
  void promotionAfterARollBackLeavesOutTheVersionThatWasRolledBack() {
    History history = promotions(List.of(1, 2));
    history = rolledBack(history, 1);
    history = with(history, Change.promotion(3, Optional.of(1)));
    assertThat(history.champions()).containsExactly(1, 3);
    assertThat(history.wasChampion(2)).isTrue();
  }

  @Test
  void entryIsReadAsItWasWritten() throws IOException {
    HistoryEntry entry =
        HistoryEntry.create(
            7,
            Change.promotion(3, Optional.of(2)),
            new Cause("retrain", "0.2 points better", Optional.of("2026-01-05")));
    assertThat(Json.parse(FileContent.json(entry).bytes(), HistoryEntry.class)).isEqualTo(entry);
  }

  @Test
  void changeWithoutAReasonIsRefused() {
    assertThatThrownBy(() -> new Cause("ann", " ", Optional.empty()))
        .hasMessage(
            "a change of the registry needs an actor and a reason, found actor \"ann\" and reason"
                + " \" \"; set --actor and --reason");
  }

  @Test
  void referenceHasANameAndANumberOrChampion() {
    assertThat(VersionReference.parse("digits@3")).isEqualTo(VersionReference.of("digits", 3));
    for (String wrong : List.of("digits", "@3", "digits@", "a@b@c", "digits@shadow")) {
      assertThatThrownBy(() -> VersionReference.parse(wrong))
          .hasMessage(
              "a version of a model is written as NAME@champion or NAME@3, found \""
                  + wrong
                  + "\"");
    }
  }
}
