"""Trains a network on MNIST by local SGD with PyTorch: two processes, each on its half of the digits, average their weights
every few minibatches. The peer of `dev/bench pytorch`. NETWORK-bfloat16 computes products in bfloat16 (torch.autocast).

    local_sgd.py check                               prints the versions, or what to install
    local_sgd.py serve NETWORK EVERY                 trains one epoch for each line on standard input
    local_sgd.py train NETWORK EVERY EPOCHS FILE     trains and writes the weights
"""

import os
import sys
import time
from tempfile import TemporaryDirectory

# One thread a process: with two, the threads of two processes wait for each other on two cores. Read at the import.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["USE_LIBUV"] = "0"  # Debian's PyTorch is built without it

try:
    import numpy
    import torch
    import torch.distributed as dist
    from torch import nn
    from torch.nn import functional
except ImportError as missing:
    sys.exit(f"error: Python's module {missing.name} is missing; install it with: "
             "apt-get install python3-torch libopenblas0-pthread")

WORKERS = 2
BATCH = 128
DIGITS = "data/mnist"


def check():
    """Prints the versions; ends with a sentence if the matrix products are those of the slow reference BLAS."""
    torch.ones(256, 256) @ torch.ones(256, 256)
    with open("/proc/self/maps", encoding="utf-8") as maps:
        libraries = maps.read().lower()
    blas = next((name for name in ("openblas", "mkl_core", "blis") if name in libraries), None)
    if blas is None and not torch.backends.mkl.is_available():
        sys.exit("error: PyTorch uses the reference BLAS, which is slow; install a fast one with: "
                 "apt-get install libopenblas0-pthread")
    print(f"PyTorch {torch.__version__}, {blas or 'mkl'}, Python {sys.version.split()[0]}")


def idx(name, header):
    """Returns the bytes of an IDX file after its header."""
    return torch.from_numpy(numpy.fromfile(f"{DIGITS}/{name}", numpy.uint8)[header:])


def digits(part):
    """Returns the images [count, 784] of a part as bytes, and the labels [count]."""
    images = idx(f"{part}-images-idx3-ubyte", 16).view(-1, 784)
    return images, idx(f"{part}-labels-idx1-ubyte", 8).long()


class LastStep(nn.Module):
    """An LSTM over the rows of a digit; its output is that of the last row."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 64, batch_first=True)

    def forward(self, rows):
        return self.lstm(rows)[0][:, -1]


def dense(*widths):
    """Returns dense layers with relu between them."""
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Scaling(nn.Module):
    """Multiplies each input by a weight of its own."""

    def __init__(self, inputs):
        super().__init__()
        self.factors = nn.Parameter(torch.ones(inputs))

    def forward(self, rows):
        return rows * self.factors


def tabular():
    layers = [Scaling(784)]
    for inputs in (784, 256, 256):
        layers += [nn.Linear(inputs, 256), nn.Mish(), nn.Dropout(0.15)]
    return nn.Sequential(*layers, nn.Linear(256, 10))


def lenet():
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Dropout(0.4), nn.Linear(500, 10))


NETWORKS = {
    "dense": lambda: dense(784, 64, 32, 10),
    "wide": lambda: dense(784, 1024, 1024, 10),
    "tabular": tabular,
    "lenet": lenet,
    "lstm": lambda: nn.Sequential(nn.Unflatten(1, (28, 28)), LastStep(), nn.Linear(64, 10)),
}


def flatten(network):
    """Makes all weights views of one vector, so that an average is one operation without copies; returns the vector."""
    parameters = list(network.parameters())
    flat = torch.cat([parameter.detach().reshape(-1) for parameter in parameters])
    offset = 0
    for parameter in parameters:
        parameter.data = flat[offset:offset + parameter.numel()].view_as(parameter)
        offset += parameter.numel()
    return flat


class Worker:
    """One of the processes, with its half of the digits."""

    def __init__(self, rank, network, every, images, labels):
        torch.manual_seed(1)  # the same weights in all processes
        self.rank = rank
        self.every = every
        self.images = images[rank::WORKERS]
        self.labels = labels[rank::WORKERS]
        name, _, narrow = network.partition("-")
        self.network = NETWORKS[name]()
        self.autocast = torch.autocast("cpu", torch.bfloat16, enabled=bool(narrow))
        self.weights = flatten(self.network)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=0.001, eps=1e-7, fused=True)
        torch.manual_seed(rank)  # its own order of the digits

    def average(self):
        dist.all_reduce(self.weights)
        self.weights /= WORKERS

    def step(self, rows):
        images = self.images[rows].float().div_(255)
        self.optimizer.zero_grad()
        with self.autocast:
            outputs = self.network(images)
        functional.cross_entropy(outputs.float(), self.labels[rows]).backward()
        self.optimizer.step()

    def epoch(self):
        self.network.train()
        batches = torch.randperm(len(self.images)).split(BATCH)
        for number, rows in enumerate(batches, 1):
            self.step(rows)
            if number % self.every == 0 or number == len(batches):
                self.average()

    def timed_epoch(self):
        dist.barrier()
        began = time.perf_counter()
        self.epoch()
        return time.perf_counter() - began

    def accuracy(self, images, labels):
        self.network.eval()
        with torch.no_grad():
            classes = torch.cat([self.network(part.float().div_(255)).argmax(1) for part in images.split(1000)])
        return (classes == labels).double().mean().item()


def serve(worker):
    """Trains an epoch for each line, and prints its seconds and the accuracy on the test digits."""
    wanted = torch.zeros(1)
    test = digits("t10k") if worker.rank == 0 else None
    if worker.rank == 0:
        print("ready", flush=True)
    while True:
        if worker.rank == 0:
            wanted.fill_(1 if sys.stdin.readline() else 0)
        try:
            dist.broadcast(wanted, 0)
        except RuntimeError:  # the benchmark has ended the first process
            os._exit(0)
        if wanted.item() == 0:
            return
        seconds = worker.timed_epoch()
        if worker.rank == 0:
            print(seconds, worker.accuracy(*test), flush=True)


def train(worker, epochs, file):
    for epoch in range(1, epochs + 1):
        seconds = worker.timed_epoch()
        if worker.rank == 0:
            print(f"epoch {epoch} of {epochs}, {seconds:.2f} s", flush=True)
    if worker.rank == 0:
        torch.save(worker.network.state_dict(), file)
        print(f"accuracy {worker.accuracy(*digits('t10k'))}", flush=True)


def in_processes(network, every, action):
    """Runs an action with a worker in each of the processes; fails if it fails in one of them."""
    images, labels = digits("train")
    with TemporaryDirectory() as folder:
        other = os.fork()  # before PyTorch starts threads; a new interpreter would import PyTorch once more
        rank = 0 if other else 1
        dist.init_process_group("gloo", init_method=f"file://{folder}/group", rank=rank, world_size=WORKERS)
        action(Worker(rank, network, every, images, labels))
        dist.destroy_process_group()
        if rank != 0:
            os._exit(0)
        if os.waitpid(other, 0)[1] != 0:
            sys.exit("error: the second process failed")


def main(arguments):
    torch.set_num_threads(1)
    match arguments:
        case ["check"]:
            check()
        case ["serve", network, every]:
            in_processes(network, int(every), serve)
        case ["train", network, every, epochs, file]:
            in_processes(network, int(every), lambda worker: train(worker, int(epochs), file))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
