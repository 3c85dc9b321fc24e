"""Recurrent layers and cells, loops over time, and the loss over time."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *


def states(r):
    """All results of a layer with states as one tensor: [N, T + layers (+ layers), hidden * ways]."""
    out, s = r
    s = s if isinstance(s, tuple) else (s,)
    return torch.cat([out] + [x.transpose(0, 1).reshape(out.shape[0], -1, out.shape[2]) for x in s], 1)


def plain(make, n=2, t=5, d=3):
    return layer(make, lambda: normal(n, t, d), call=lambda m, x: m(x)[0])


def started(make, make_x):
    def call(m, x, h, c=None):
        return states(m(x, h if c is None else (h, c)))
    return layer(make, make_x, call=call)


def sizes(n, t, d, levels, hidden, memory=False):
    return lambda: dict({"x": normal(n, t, d), "h": normal(levels, n, hidden)},
                        **({"c": normal(levels, n, hidden)} if memory else {}))


def rnn(kind, *a, **k):
    return lambda: kind(*a, batch_first=True, **k)


RECURRENT = {
    "rnn": plain(rnn(nn.RNN, 3, 4)),
    "rnn_relu": plain(rnn(nn.RNN, 3, 4, nonlinearity="relu")),
    "rnn_no_bias": plain(rnn(nn.RNN, 3, 4, bias=False)),
    "rnn_two_layers": plain(rnn(nn.RNN, 3, 4, 2)),
    "rnn_both_ways": plain(rnn(nn.RNN, 3, 4, 2, bidirectional=True)),
    "rnn_one_step": plain(rnn(nn.RNN, 3, 4), 2, 1),
    "rnn_states": started(rnn(nn.RNN, 3, 4, 2, bidirectional=True), sizes(2, 5, 3, 4, 4)),
    "lstm": plain(rnn(nn.LSTM, 3, 4)),
    "lstm_no_bias": plain(rnn(nn.LSTM, 3, 4, bias=False)),
    "lstm_two_layers": plain(rnn(nn.LSTM, 3, 4, 2)),
    "lstm_both_ways": plain(rnn(nn.LSTM, 3, 4, 2, bidirectional=True)),
    "lstm_one_step": plain(rnn(nn.LSTM, 3, 4), 2, 1),
    "lstm_one_example": plain(rnn(nn.LSTM, 3, 4, 2), 1, 6),
    "lstm_wide": plain(rnn(nn.LSTM, 5, 17), 3, 7, 5),
    "lstm_states": started(rnn(nn.LSTM, 3, 4, 2, bidirectional=True), sizes(2, 5, 3, 4, 4, memory=True)),
    "gru": plain(rnn(nn.GRU, 3, 4)),
    "gru_no_bias": plain(rnn(nn.GRU, 3, 4, bias=False)),
    "gru_two_layers": plain(rnn(nn.GRU, 3, 4, 2)),
    "gru_both_ways": plain(rnn(nn.GRU, 3, 4, 2, bidirectional=True)),
    "gru_one_step": plain(rnn(nn.GRU, 3, 4), 1, 1),
    "gru_wide": plain(rnn(nn.GRU, 5, 17), 3, 7, 5),
    "gru_states": started(rnn(nn.GRU, 3, 4, 2, bidirectional=True), sizes(2, 5, 3, 4, 4)),
    "rnn_dropout_eval": layer(rnn(nn.RNN, 3, 4, 2, dropout=0.5), lambda: normal(2, 5, 3), modes=("eval",),
                              call=lambda m, x: m(x)[0]),
    "rnn_cell": layer(lambda: nn.RNNCell(3, 4), lambda: {"x": normal(2, 3), "h": normal(2, 4)}),
    "lstm_cell": layer(lambda: nn.LSTMCell(3, 4), lambda: {"x": normal(2, 3), "h": normal(2, 4), "c": normal(2, 4)},
                       call=lambda m, x, h, c: torch.cat(m(x, (h, c)), 1)),
    "gru_cell": layer(lambda: nn.GRUCell(3, 4), lambda: {"x": normal(2, 3), "h": normal(2, 4)}),
}


def ctc(n, t, c, s, inputs, labels, scale=1.0, blank=0, repeats=False):
    def make():
        label = torch.randint(0, c - 1, (n, s), dtype=torch.int32)
        label = label + (label >= blank)
        if repeats:
            label[:, 1] = label[:, 0]
        return {"x": normal(n, t, c, scale=scale), "label": label.int(),
                "steps": torch.tensor(inputs, dtype=torch.int32), "spelled": torch.tensor(labels, dtype=torch.int32)}

    def call(x, label, steps, spelled):
        return F.ctc_loss(x.log_softmax(-1).transpose(0, 1), label.long(), steps.long(), spelled.long(), blank=blank)
    return fn(make, call)


RECURRENT |= {
    "ctc": ctc(2, 8, 5, 3, [8, 8], [3, 3]),
    "ctc_lengths": ctc(3, 9, 5, 4, [9, 6, 5], [4, 2, 1]),
    "ctc_repeats": ctc(2, 8, 4, 3, [8, 7], [3, 2], repeats=True),
    "ctc_empty_label": ctc(2, 6, 4, 2, [6, 5], [0, 2]),
    "ctc_other_blank": ctc(2, 7, 5, 3, [7, 6], [3, 2], blank=4),
    "ctc_large_logits": ctc(2, 8, 5, 3, [8, 8], [3, 2], scale=100.0),
    "ctc_one_step": ctc(2, 1, 4, 1, [1, 1], [1, 1]),
    "ctc_long": ctc(1, 60, 6, 12, [60], [12], repeats=True),
}

TABLES = {"recurrent": RECURRENT}
