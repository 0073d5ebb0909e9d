"""Memory that runs out, on devices that have no error of their own for it."""

import pytest
import torch
import transformers as hf

from cache.store import Store
from classify.attention import SdpaRowsReader
from classify.loading import load
from classify.out_of_memory import explain_out_of_memory, is_out_of_memory
from classify.ranks import Ranks
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.worker import run_job
from headstrata.errors import ObstacleError, UserError

METAL = "MPS backend out of memory (MPS allocated: 17.95 GiB, other allocations: 64.00 KiB)"
CUBLAS = "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"


def test_a_cpus_own_allocator_is_understood():
    with pytest.raises(RuntimeError) as refused:
        torch.empty(10**14)
    assert not isinstance(refused.value, torch.OutOfMemoryError)
    assert is_out_of_memory(refused.value)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory"), True),
        (MemoryError(), True),
        (RuntimeError(METAL), True),
        (RuntimeError(CUBLAS), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_what_counts_as_out_of_memory(error, expected):
    assert is_out_of_memory(error) == expected


def test_another_error_is_not_explained_away():
    with pytest.raises(RuntimeError, match="shapes"), explain_out_of_memory("gpt2"):
        raise RuntimeError("shapes cannot be multiplied")
    said = pytest.raises(ObstacleError, match=r"^gpt2: .*try --device cpu$")
    with said, explain_out_of_memory("gpt2", "--device cpu"):
        raise RuntimeError(METAL)


def test_a_full_card_is_not_taken_for_another_kind_of_attention(tiny_gpt2, monkeypatch):
    model = hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2).eval()
    tokens = torch.arange(40)[None]
    assert isinstance(choose_reader(model, tokens), SdpaRowsReader)

    def full(*_, **__):
        raise torch.OutOfMemoryError("simulated")

    monkeypatch.setattr("transformers.models.gpt2.modeling_gpt2.eager_attention_forward", full)
    with pytest.raises(torch.OutOfMemoryError):
        choose_reader(model, tokens)


@pytest.fixture
def a_small_card(monkeypatch):
    """A CUDA device with a mebibyte; what would go onto it is only noted."""
    placed = []

    def noted(*_, **options):
        placed.append(options["device_map"])
        raise KeyboardInterrupt  # so far and no further: there is no card

    monkeypatch.setattr("classify.loading.pick_device", lambda *_: torch.device("cuda", 0))
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda *_: (2**16, 2**20))
    monkeypatch.setattr("classify.loading._weights", noted)
    return placed


def place(model, device, ranks):
    load(Request.parse(model=str(model), dtype="float16", device=device), ranks)


def test_weights_too_big_for_one_card_are_spread(tiny_gpt2, a_small_card):
    with pytest.raises(KeyboardInterrupt):
        place(tiny_gpt2, "cuda", Ranks())
    assert a_small_card == ["auto"]


def test_a_card_that_was_named_is_taken_as_it_is(tiny_gpt2, a_small_card):
    with pytest.raises(KeyboardInterrupt):
        place(tiny_gpt2, "cuda:0", Ranks())
    assert a_small_card == [{"": torch.device("cuda", 0)}]


def test_processes_do_not_each_spread_a_model_over_all_cards(tiny_gpt2, a_small_card):
    with pytest.raises(UserError, match="too big for one of the GPUs; without torchrun"):
        place(tiny_gpt2, "auto", Ranks(0, 2, 0))
    assert a_small_card == []


def test_where_projections_find_no_memory_the_scores_are_measured(tiny_gpt2, tmp_path, monkeypatch):
    def full(*_, **__):
        raise RuntimeError(METAL)

    monkeypatch.setattr("classify.run.find_projections", full)
    store = Store(str(tmp_path), create=True)
    run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=33, evidence=True), store)
    table = store.read("tiny-gpt2")
    assert table.heads["entropy"].notna().all()
    assert table.heads[["first_token_value", "copying"]].isna().all(axis=None)
    assert table.provenance.evidence.notes == [
        "what heads write and their effects are not measured: memory ran out while the output "
        "projections were looked for"
    ]
