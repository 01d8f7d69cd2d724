/**
 * The one exception that reaches the user, and its stable codes with their exit codes.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.error.UserException}.
 */
package io.meanfield.error;
