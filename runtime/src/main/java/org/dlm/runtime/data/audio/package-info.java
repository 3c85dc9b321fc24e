/** Sound as examples: WAV files, as waves or as spectrograms. */
package org.dlm.runtime.data.audio;
