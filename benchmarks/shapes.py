"""Models to measure on: the real SmolLM2-135M, and GPT-2 XL's shape with random weights.

python -m benchmarks.shapes LAYERS FOLDER   saves the latter as a checkpoint
"""

import sys
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoModelForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
)

from classify.request import embedded_smollm2
from classify.text import default_text


def smollm2() -> Any:
    """The pretrained model in float32 on the CPU."""
    file = embedded_smollm2()
    model = AutoModelForCausalLM.from_pretrained(
        file.parent, gguf_file=file.name, dtype=torch.float32
    )
    # The weights are dequantised, but save_pretrained still takes the model for quantised:
    # https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_utils.py
    model.hf_quantizer = None
    del model.config.quantization_config
    return model.eval()


def gpt2_xl(layers: int = 48, **changes: Any) -> Any:
    """GPT-2 XL's shape: 1,600 wide, 25 heads, random weights, in the default dtype and device."""
    torch.manual_seed(0)
    shape = {"n_embd": 1600, "n_head": 25, "n_positions": 1024, **changes}
    return GPT2LMHeadModel(GPT2Config(n_layer=layers, **shape)).eval()


def save_with_tokenizer(model: Any, folder: Path) -> None:
    """A checkpoint that ``headstrata classify`` takes: the model and a byte-level tokenizer."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        [default_text()],
        trainers.BpeTrainer(
            vocab_size=8000,
            special_tokens=["<|endoftext|>"],
            initial_alphabet=alphabet,
            show_progress=False,
        ),
    )
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<|endoftext|>").save_pretrained(
        folder
    )


if __name__ == "__main__":
    save_with_tokenizer(gpt2_xl(int(sys.argv[1])), Path(sys.argv[2]))
