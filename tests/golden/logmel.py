"""Writes the log-mel spectrogram that the runtime's is compared with: numpy alone, after the definition of torchaudio's
MelSpectrogram (n_fft a power of two, a shorter Hann window in its middle, reflected edges, power, HTK mel scale, no
normalisation of the bands), then log(x + 1e-6)."""
import os
import numpy as np

RATE, SAMPLES, WINDOW, HOP, MELS, SIZE = 8000, 1000, 200, 80, 8, 256

i = np.arange(SAMPLES)
wave = (0.5 * np.sin(0.05 * i) + 0.25 * np.sin(0.9 * i) * (i > 500)).astype(np.float32).astype(np.float64)
window = np.zeros(SIZE)
window[(SIZE - WINDOW) // 2:(SIZE - WINDOW) // 2 + WINDOW] = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
padded = np.pad(wave, SIZE // 2, mode="reflect")
frames = np.stack([padded[t * HOP:t * HOP + SIZE] for t in range(SAMPLES // HOP + 1)])
power = np.abs(np.fft.rfft(frames * window)) ** 2

frequencies = np.linspace(0, RATE // 2, SIZE // 2 + 1)
edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + RATE / 2 / 700), MELS + 2) / 2595) - 1)
width = np.diff(edges)
slopes = edges[None, :] - frequencies[:, None]
bands = np.maximum(0, np.minimum(-slopes[:, :-2] / width[:-1], slopes[:, 2:] / width[1:]))
spectrogram = np.log(power @ bands + 1e-6)

target = os.path.join(os.path.dirname(__file__), "../../runtime/src/test/resources/org/dlm/runtime/data/audio/logmel.csv")
os.makedirs(os.path.dirname(target), exist_ok=True)
np.savetxt(target, spectrogram, fmt="%.6f", delimiter=",")
