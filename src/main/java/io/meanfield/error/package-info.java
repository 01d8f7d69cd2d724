/**
 * The one exception that reaches the user, its stable codes with their exit codes, and the removal
 * of users, passwords and parameters of URLs from text.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.error.UserException}.
 */
package io.meanfield.error;
