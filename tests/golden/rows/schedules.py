"""The learning rates of all steps by torch.optim.lr_scheduler, for the lines of cases/schedules.rates."""
import torch
from torch.optim import lr_scheduler as S

PEAK = 0.1


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=PEAK)


def warmup_cosine(warmup, steps, floor=0.0):
    def make(o):
        up = S.LinearLR(o, start_factor=1 / (warmup + 1), total_iters=warmup)
        down = S.CosineAnnealingLR(o, T_max=steps - warmup, eta_min=floor)
        return S.SequentialLR(o, [up, down], milestones=[warmup])
    return make


RATES = {
    "constant": (20, lambda o: S.ConstantLR(o, factor=1.0)),
    "constant_factor": (20, lambda o: S.ConstantLR(o, factor=0.5, total_iters=4)),
    "step": (40, lambda o: S.StepLR(o, step_size=7, gamma=0.3)),
    "step_by_epochs": (40, lambda o: S.StepLR(o, step_size=10)),
    "multi_step": (40, lambda o: S.MultiStepLR(o, milestones=[5, 6, 20], gamma=0.2)),
    "exponential": (40, lambda o: S.ExponentialLR(o, gamma=0.9)),
    "chained": (40, lambda o: S.ChainedScheduler([S.ConstantLR(o, factor=0.5, total_iters=4), S.ExponentialLR(o, 0.9)])),
    "cosine": (40, lambda o: S.CosineAnnealingLR(o, T_max=40)),
    "cosine_floor": (40, lambda o: S.CosineAnnealingLR(o, T_max=25, eta_min=0.01)),
    "warmup_cosine": (40, warmup_cosine(8, 40)),
    "warmup_cosine_floor": (40, warmup_cosine(3, 40, 1e-3)),
    "one_cycle": (40, lambda o: S.OneCycleLR(o, max_lr=PEAK, total_steps=40)),
    "one_cycle_all": (40, lambda o: S.OneCycleLR(o, max_lr=PEAK, total_steps=40, pct_start=0.4, div_factor=10,
                                                 final_div_factor=100)),
    "polynomial": (40, lambda o: S.PolynomialLR(o, total_iters=40)),
    "polynomial_short": (40, lambda o: S.PolynomialLR(o, total_iters=30, power=2.0)),
    "plateau": (40, lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=0.01, cooldown=1, min_lr=0.005)),
    "plateau_defaults": (40, lambda o: S.ReduceLROnPlateau(o, patience=3)),
}


class Rates:
    def record(self, put, metadata):
        losses = [1 / (1 + min(i, 12 + 0.1 * i)) + 0.05 * (i % 3) for i in range(40)]
        put("loss", torch.tensor(losses))
        losses = torch.tensor(losses).tolist()  # as both sides read them
        for name, (steps, make) in RATES.items():
            o = optimizer()
            scheduler = make(o)
            rates = []
            for i in range(steps):
                rates.append(o.param_groups[0]["lr"])
                o.step()
                scheduler.step(*([losses[i]] if name.startswith("plateau") else []))
            put(name, torch.tensor(rates))


MODELS = {"schedules": Rates()}
