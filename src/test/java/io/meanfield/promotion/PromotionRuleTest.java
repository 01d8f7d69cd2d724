package io.meanfield.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
  private static final McNemarTest LARGE = new McNemarTest(10, 60);
  private static final McNemarTest SMALL = new McNemarTest(10, 12);

  private static PromotionRule rule(String... more) {
    return PromotionRule.read(SettingsTree.load(List.of(), List.of(more)).section("retrain"));
  }

  private static ModelScore score(double value, Double... recalls) {
    return new ModelScore(value, List.of(recalls));
  }

  @Test
  void defaults() {
    assertThat(rule())
        .isEqualTo(
            new PromotionRule(
                PromotionMetric.ACCURACY,
                0,
                0.02,
                0.05,
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    assertThat(rule("retrain { metric = macro-f1, min-delta = 0.5, max-drop = 0.25 }"))
        .isEqualTo(
            new PromotionRule(
                PromotionMetric.MACRO_F1,
                0.5,
                0.25,
                0.05,
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    assertThat(rule("retrain.metric = pr-auc").metric()).isEqualTo(PromotionMetric.PR_AUC);
    assertThat(rule("retrain { metric = mse, significance = 0.01, floor = 3 }"))
        .isEqualTo(
            new PromotionRule(
                PromotionMetric.MSE, 0, 0.02, 0.01, Optional.of(3.0), Optional.empty(), Map.of()));
  }

  @Test
  void intervalsMustContainTheLeastShareOfTheExamples() {
    PromotionRule rule = rule("retrain { floor = 0.5, min-coverage = 0.85 }");
    Decision kept = rule.first(covering(0.8495));
    assertThat(kept.isPromotion()).isFalse();
    assertThat(kept.reasons())
        .contains(
            "the challenger's intervals contain 84.95 % of the test examples, which does not reach"
                + " retrain.min-coverage of 85.00 %");
    assertThat(rule.first(covering(0.85)).isPromotion()).isTrue();
    assertThat(rule.first(score(0.9)).isPromotion()).as("no intervals").isFalse();
    assertThat(rule("retrain.floor = 0.5").first(covering(0.1)).isPromotion()).isTrue();
  }

  private static ModelScore covering(double coverage) {
    return new ModelScore(0.9, List.of(), Optional.empty(), Optional.of(coverage), Map.of());
  }

  @Test
  void theErrorOfRowsThatShareAValueMayRiseByAFraction() {
    PromotionRule rule = rule("retrain.max-drop-by { region = 0.1, plan = 0.5 }");
    ModelScore champion = byRegion(Map.of("north", 2.0, "south", 1.0, "old", 1.0));
    Decision kept =
        rule.compare(champion, byRegion(Map.of("north", 1.0, "south", 1.2, "new", 9.0)), LARGE);
    assertThat(kept.isPromotion()).isFalse();
    assertThat(kept.reasons())
        .endsWith(
            "but the error of the rows with region = south rises from 1.0000 to 1.2000, by more"
                + " than retrain.max-drop-by allows, 10.00 %");
    Decision promoted = rule.compare(champion, byRegion(Map.of("north", 2.1, "south", 1.0)), LARGE);
    assertThat(promoted.isPromotion()).isTrue();
    assertThat(promoted.reasons())
        .contains("the error of no rows with the same region rises by more than 10.00 %");
  }

  private static ModelScore byRegion(Map<String, Double> errors) {
    return new ModelScore(
        0.9,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of("region", errors, "plan", Map.of("basic", 1.0)));
  }

  @Test
  void metricHasOneSpelling() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("retrain.metric = pr_auc"));
    PromotionRule.read(tree.section("retrain"));
    assertThatThrownBy(tree::throwIfInvalid)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one of accuracy, macro-f1, pr-auc, log-loss, mse, mae, ");
  }

  @Test
  void firstModelMustReachTheFloor() {
    Decision above = rule("retrain.floor = 0.9").first(score(0.9));
    assertThat(above.isPromotion()).isTrue();
    assertThat(above.reasons())
        .isEqualTo(
            "accuracy of the first model is 90.00 %, which reaches retrain.floor of 90.00 %");
    Decision below = rule("retrain.floor = 0.9").first(score(0.8999));
    assertThat(below.isPromotion()).isFalse();
    assertThat(below.reasons())
        .isEqualTo(
            "accuracy of the first model is 89.99 %, which does not reach retrain.floor of 90.00"
                + " %");
  }

  @Test
  void lossOfAFirstModelMayBeAtMostTheFloor() {
    PromotionRule rule = rule("retrain { metric = log-loss, floor = 0.3 }");
    assertThat(rule.first(score(0.3)).isPromotion()).isTrue();
    assertThat(rule.first(score(0.31)).reasons())
        .isEqualTo(
            "log-loss of the first model is 0.3100, which does not reach retrain.floor of 0.3000");
  }

  @Test
  void significantlyBetterChallengerIsPromotedWithEveryReason() {
    Decision decision = rule().compare(score(0.9, 0.9, 0.9), score(0.95, 0.89, 0.99), LARGE);
    assertThat(decision.isPromotion()).isTrue();
    assertThat(decision.reasons())
        .isEqualTo(
            "accuracy is 95.00 %, 5.00 points better than the champion's 90.00 % (retrain.min-delta"
                + " is 0.00 points); the difference is too large to be chance (p < 0.001 by"
                + " McNemar's exact test, retrain.significance is 0.05); no class's recall falls by"
                + " more than 2.00 points");
  }

  @Test
  void partsHaveWhatWasFoundAndItsBound() {
    Decision decision =
        rule("retrain { min-delta = 0.25, significance = 0.01, max-drop = 0.5 }")
            .compare(score(0.25, 0.75, 0.5), score(0.75, 0.5, 0.75), LARGE);
    assertThat(decision.verdicts())
        .extracting(verdict -> verdict.value().orElseThrow())
        .containsExactly(0.5, LARGE.pValue(), 0.25);
    assertThat(decision.verdicts())
        .extracting(verdict -> verdict.bound().orElseThrow())
        .containsExactly(0.25, 0.01, 0.5);
  }

  @Test
  void differenceThatMayBeChanceIsNotPromoted() {
    Decision decision = rule().compare(score(0.9, 0.9), score(0.902, 0.9), SMALL);
    assertThat(decision.isPromotion()).isFalse();
    assertThat(decision.reasons())
        .isEqualTo(
            "accuracy is 90.20 %, 0.20 points better than the champion's 90.00 % (retrain.min-delta"
                + " is 0.00 points), but the difference may be chance (p = 0.8318 by McNemar's"
                + " exact test, retrain.significance is 0.05)");
    assertThat(decision.verdicts())
        .extracting(Verdict::rule)
        .containsExactly("min-delta", "significance", "max-drop");
  }

  @Test
  void worseChallengerIsNotPromotedHoweverSignificantTheDifferenceIs() {
    Decision decision = rule().compare(score(0.95), score(0.9), LARGE);
    assertThat(decision.reasons())
        .isEqualTo(
            "accuracy is 90.00 %, 5.00 points worse than the champion's 95.00 % (retrain.min-delta"
                + " is 0.00 points)");
  }

  @Test
  void smallerImprovementThanMinDeltaIsNotPromoted() {
    Decision decision = rule("retrain.min-delta = 0.03").compare(score(0.9), score(0.92), LARGE);
    assertThat(decision.reasons())
        .isEqualTo(
            "accuracy is 92.00 %, 2.00 points better than the champion's 90.00 % (retrain.min-delta"
                + " is 3.00 points)");
  }

  @Test
  void fallOfTheRecallOfOneClassIsNamed() {
    Decision decision =
        rule().compare(score(0.9, 0.9, 0.95, 0.9), score(0.95, 1.0, 0.9, 0.89), LARGE);
    assertThat(decision.isPromotion()).isFalse();
    assertThat(decision.reasons())
        .isEqualTo(
            "accuracy is 95.00 %, 5.00 points better than the champion's 90.00 % (retrain.min-delta"
                + " is 0.00 points), but the recall of class 1 falls from 95.00 % to 90.00 %, by"
                + " more than retrain.max-drop allows, 2.00 points");
  }

  @Test
  void recallsOfTwoClassesAreThoseAtTheThresholdOfEachModel() {
    ModelScore champion =
        new ModelScore(0.9, List.of(0.9, 0.8), Optional.of(0.5f), Optional.empty(), Map.of());
    ModelScore challenger =
        new ModelScore(0.95, List.of(0.95, 0.7), Optional.of(0.25f), Optional.empty(), Map.of());
    assertThat(rule().compare(champion, challenger, LARGE).reasons())
        .endsWith(
            "the recall of class 1 falls from 80.00 % to 70.00 %, by more than retrain.max-drop"
                + " allows, 2.00 points, each model at its own threshold, 0.5 and 0.25");
    assertThat(rule().compare(challenger, champion, LARGE).verdicts().get(2).reason())
        .isEqualTo(
            "the recall of class 0 falls from 95.00 % to 90.00 %, by more than retrain.max-drop"
                + " allows, 2.00 points, each model at its own threshold, 0.25 and 0.5");
  }

  @Test
  void smallerErrorOfARegressionIsBetter() {
    Decision decision =
        rule("retrain.metric = mse")
            .compare(score(4), score(3), PairedBootstrap.ofMean(1, new double[] {1, 1, 1}));
    assertThat(decision.isPromotion()).isTrue();
    assertThat(decision.verdicts()).hasSize(2);
    assertThat(decision.reasons())
        .startsWith("mse is 3.0000, 1.0000 better than the champion's 4.0000 ")
        .contains("(p < 0.001 by the paired bootstrap");
  }
}
