package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.registry.Cause;
import io.meanfield.registry.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeTextTest {
  private static String change(Change.Kind kind, List<Integer> versions, String alias, int before) {
    return ChangeText.of(
        new Change(
            kind,
            versions,
            Optional.of(alias).filter(name -> !name.isEmpty()),
            before == 0 ? Optional.empty() : Optional.of(before)));
  }

  private static String reason(String reason) {
    return ChangeText.reason(new Cause("ann", reason, Optional.empty()));
  }

  @Test
  void everyKindOfChangeIsASentence() {
    assertThat(change(Change.Kind.PROMOTION, List.of(1), "", 0))
        .isEqualTo("Version 1 became the first champion.");
    assertThat(change(Change.Kind.PROMOTION, List.of(2), "", 1))
        .isEqualTo("Version 2 replaced version 1.");
    assertThat(change(Change.Kind.ROLL_BACK, List.of(1), "", 2))
        .isEqualTo("Roll-back from version 2 to version 1.");
    assertThat(change(Change.Kind.ALIAS, List.of(2), "shadow", 0))
        .isEqualTo("Version 2 got the alias shadow.");
    assertThat(change(Change.Kind.ALIAS_REMOVAL, List.of(), "shadow", 0))
        .isEqualTo("The alias shadow was removed.");
    assertThat(change(Change.Kind.PRUNING, List.of(), "", 0)).isEqualTo("No version was deleted.");
    assertThat(change(Change.Kind.PRUNING, List.of(3), "", 0)).isEqualTo("Version 3 was deleted.");
    assertThat(change(Change.Kind.PRUNING, List.of(1, 2), "", 0))
        .isEqualTo("Versions 1, 2 were deleted.");
  }

  @Test
  void reasonsBecomeSentences() {
    assertThat(reason("higher accuracy")).isEqualTo("Higher accuracy.");
    assertThat(reason("better")).isEqualTo("Better.");
    assertThat(reason("first line\nsecond line")).isEqualTo("First line\nsecond line.");
    assertThat(reason(" Fine already. ")).isEqualTo("Fine already.");
    assertThat(reason("30 epochs")).isEqualTo("30 epochs.");
  }

  @Test
  void namesAtTheBeginningOfAReasonKeepTheirLetters() {
    assertThat(reason("mnist@2 is better")).isEqualTo("mnist@2 is better.");
    assertThat(reason("val_loss fell")).isEqualTo("val_loss fell.");
    assertThat(reason("iPhone users complain!")).isEqualTo("iPhone users complain!");
  }
}
