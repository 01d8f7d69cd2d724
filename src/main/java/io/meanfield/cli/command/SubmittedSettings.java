package io.meanfield.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsFile;
import io.meanfield.settings.SettingsText;
import io.meanfield.settings.SettingsTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The settings of a job as one argument of the driver in cluster deploy mode, where the files of
 * the submitting machine do not exist: Base64, because it passes every shell unchanged.
 */
public final class SubmittedSettings {
  private SubmittedSettings() {}

  /** Encodes settings without their defaults; references to defaults are replaced by values. */
  public static String encode(Config given) {
    Config resolved =
        given.resolveWith(
            SettingsTree.overDefaults(given).config(), ConfigResolveOptions.noSystem());
    String json = resolved.root().render(ConfigRenderOptions.concise());
    return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  static SettingsFile decode(String encoded) {
    return new SettingsText(
        new String(bytes(encoded), StandardCharsets.UTF_8), "the settings of scripts/submit");
  }

  private static byte[] bytes(String encoded) {
    try {
      return Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_ARGUMENTS,
          "%s must be Base64, which scripts/submit writes; leave it out",
          SettingsOptions.SUBMITTED);
    }
  }
}
