"""Models for the tests: tiny checkpoints, and the table of the real SmolLM2-135M."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cache.store import SHIPPED
from classify.text import default_text

#: So that the processes which tests start do not fight for the cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
#: The expectations are a CPU's; what a GPU does is checked by benchmarks/check_gpu.py.
os.environ["CUDA_VISIBLE_DEVICES"] = ""

END_OF_TEXT = "<|endoftext|>"
TESTS = Path(__file__).parent


#: What takes longest is begun first, so that no core waits at the end.
BEGUN_FIRST = (
    "classify/test_smollm2.py",
    "classify/test_long_runs.py",
    "python/test_tutorial.py",
    "packaging/",
    "browser/",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Three processes for the whole or a folder, none beside this one for a file or ``-k``.

    One more than a small machine has cores: one of them often waits, for a timer or a server.
    """
    named = config.option.keyword or any(".py" in argument for argument in config.args)
    return 0 if named else 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order in which they are begun; tests of a file stay together."""

    def place(item: pytest.Item) -> int:
        file = item.path.relative_to(TESTS).as_posix()
        places = (at for at, begun in enumerate(BEGUN_FIRST) if file.startswith(begun))
        return next(places, len(BEGUN_FIRST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """A byte-level BPE of 600 tokens, trained on the default text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator([default_text()], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token=END_OF_TEXT, eos_token=END_OF_TEXT
    )


@pytest.fixture(scope="session")
def save_checkpoint(
    tokenizer: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Any, str], Path]:
    """Saves a model with the tiny tokenizer, as ``save_pretrained`` does."""

    def save(model: Any, name: str) -> Path:
        folder = tmp_path_factory.mktemp("checkpoints") / name
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return folder

    return save


@pytest.fixture(scope="session")
def tiny_gpt2(tokenizer: Any, save_checkpoint: Callable[[Any, str], Path]) -> Path:
    """A GPT-2 of 2 layers x 4 heads with random weights."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_positions=128,
        n_embd=32,
        n_layer=2,
        n_head=4,
        initializer_range=0.2,
        bos_token_id=0,
        eos_token_id=0,
    )
    return save_checkpoint(GPT2LMHeadModel(config), "tiny-gpt2")


@pytest.fixture(scope="session")
def smollm2_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder whose own table is ``smollm2-135m``: the one that ships."""
    return shutil.copytree(SHIPPED, tmp_path_factory.mktemp("smollm2") / "cache")
