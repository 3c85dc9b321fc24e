/* Characters of Shakespeare, one after the other: each model gives a score for every character that may come next. The sizes are
   those that two cores train within ten minutes. */
package tasks

import text.{CharReader, CharGpt}

/// One long short-term memory of width 384 over the 65 characters of tiny Shakespeare.
model ShakespeareLstm = CharReader("lstm", vocabulary = 65, d = 64, hidden = 384, dropout = 0.2)

/// Gated recurrent units of width 320 over the 65 characters of tiny Shakespeare.
model ShakespeareGru = CharReader("gru", vocabulary = 65, d = 64, hidden = 320, dropout = 0.2)

/// Four blocks of width 128 over the 65 characters of tiny Shakespeare, looking back over 128 of them.
model ShakespeareGpt = CharGpt(vocabulary = 65, context = 128, heads = 4, depth = 4)
