package io.meanfield.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the defaults and every key of the section {@code tracking}. */
class MlflowSettingsTest {
  private static MlflowSettings load(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    MlflowSettings settings = MlflowSettings.read(tree.section("tracking"));
    tree.root()
        .allow(
            List.of(
                "run",
                "data",
                "network",
                "pretrain",
                "search",
                "train",
                "registry",
                "gate",
                "retrain",
                "reinforce"));
    tree.throwIfInvalid();
    return settings;
  }

  @Test
  void nothingIsSentByDefault() {
    assertThat(load()).isEqualTo(new MlflowSettings(Optional.empty(), "meanfield", true));
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            load(
                "tracking.mlflow.uri=\"https://mlflow.example.org/team\"",
                "tracking.mlflow.experiment=digits",
                "tracking.mlflow.model=false"))
        .isEqualTo(
            new MlflowSettings(
                Optional.of(URI.create("https://mlflow.example.org/team")), "digits", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlflow.example.org", "file:/mlruns", "http:", "https://a b"})
  void uriThatIsNoServerIsRefused(String uri) {
    assertThatThrownBy(() -> load("tracking.mlflow.uri=\"" + uri + "\""))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "tracking.mlflow.uri must be a URL such as https://mlflow.example.org, found \""
                + uri
                + "\" (--set tracking.mlflow.uri: 1)");
  }

  @Test
  void passwordInTheUriIsRefusedAndNotShown() {
    assertThatThrownBy(() -> load("tracking.mlflow.uri=\"https://user:secret@mlflow.example.org\""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a location without user, password and parameters")
        .hasMessageNotContaining("secret@");
  }
}
