/**
 * The one exception that reaches the user, its stable codes with their exit codes, and the removal
 * of secrets from text.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.error.UserException}.
 */
package io.meanfield.error;
