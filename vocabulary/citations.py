"""The papers that scores, thresholds and named heads come from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """One paper: how it is named in a sentence, and what a bibliography needs."""

    key: str
    short: str
    authors: str
    title: str
    year: int
    arxiv: str = ""
    page: str = ""
    """Where it was published, if not on arXiv."""

    @property
    def url(self) -> str:
        """The paper's page."""
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else self.page

    @property
    def bibtex(self) -> str:
        """A BibTeX entry."""
        kind = "article" if self.arxiv else "misc"
        where = (
            f"  eprint = {{{self.arxiv}}},\n  archivePrefix = {{arXiv}},\n"
            if self.arxiv
            else f"  url = {{{self.page}}},\n"
        )
        return (
            f"@{kind}{{{self.key},\n"
            f"  author = {{{self.authors}}},\n"
            f"  title = {{{{{self.title}}}}},\n"
            f"  year = {{{self.year}}},\n"
            f"{where}"
            f"}}"
        )


CITATIONS: dict[str, Citation] = {
    citation.key: citation
    for citation in (
        Citation(
            "olsson2022",
            "Olsson et al. 2022",
            "Olsson, Catherine and Elhage, Nelson and Nanda, Neel and others",
            "In-context Learning and Induction Heads",
            2022,
            "2209.11895",
        ),
        Citation(
            "wang2022",
            "Wang et al. 2022",
            "Wang, Kevin and Variengien, Alexandre and Conmy, Arthur and Shlegeris, Buck "
            "and Steinhardt, Jacob",
            "Interpretability in the Wild: a Circuit for Indirect Object Identification "
            "in GPT-2 small",
            2022,
            "2211.00593",
        ),
        Citation(
            "voita2019",
            "Voita et al. 2019",
            "Voita, Elena and Talbot, David and Moiseev, Fedor and Sennrich, Rico and Titov, Ivan",
            "Analyzing Multi-Head Self-Attention: Specialized Heads Do the Heavy Lifting, "
            "the Rest Can Be Pruned",
            2019,
            "1905.09418",
        ),
        Citation(
            "clark2019",
            "Clark et al. 2019",
            "Clark, Kevin and Khandelwal, Urvashi and Levy, Omer and Manning, Christopher D.",
            "What Does BERT Look At? An Analysis of BERT's Attention",
            2019,
            "1906.04341",
        ),
        Citation(
            "kobayashi2020",
            "Kobayashi et al. 2020",
            "Kobayashi, Goro and Kuribayashi, Tatsuki and Yokoi, Sho and Inui, Kentaro",
            "Attention is Not Only a Weight: Analyzing Transformers with Vector Norms",
            2020,
            "2004.10102",
        ),
        Citation(
            "xiao2023",
            "Xiao et al. 2023",
            "Xiao, Guangxuan and Tian, Yuandong and Chen, Beidi and Han, Song and Lewis, Mike",
            "Efficient Streaming Language Models with Attention Sinks",
            2023,
            "2309.17453",
        ),
        Citation(
            "gu2024",
            "Gu et al. 2024",
            "Gu, Xiangming and Pang, Tianyu and Du, Chao and Liu, Qian and Zhang, Fengzhuo "
            "and Du, Cunxiao and Wang, Ye and Lin, Min",
            "When Attention Sink Emerges in Language Models: An Empirical View",
            2024,
            "2410.10781",
        ),
        Citation(
            "song2024",
            "Song et al. 2024",
            "Song, Jiajun and Xu, Zhuoyan and Zhong, Yiqiao",
            "Out-of-distribution generalization via composition: a lens through induction heads "
            "in Transformers",
            2024,
            "2408.09503",
        ),
        Citation(
            "elhelo2024",
            "Elhelo and Geva 2024",
            "Elhelo, Amit and Geva, Mor",
            "Inferring Functionality of Attention Heads from their Parameters",
            2024,
            "2412.11965",
        ),
        Citation(
            "mcdougall2023",
            "McDougall et al. 2023",
            "McDougall, Callum and Conmy, Arthur and Rushing, Cody and McGrath, Thomas "
            "and Nanda, Neel",
            "Copy Suppression: Comprehensively Understanding an Attention Head",
            2023,
            "2310.04625",
        ),
        Citation(
            "hanna2023",
            "Hanna et al. 2023",
            "Hanna, Michael and Liu, Ollie and Variengien, Alexandre",
            "How does GPT-2 compute greater-than?: Interpreting mathematical abilities in a "
            "pre-trained language model",
            2023,
            "2305.00586",
        ),
        Citation(
            "krzyzanowski2024",
            "Krzyzanowski et al. 2024",
            "Krzyzanowski, Robert and Kissane, Connor and Conmy, Arthur and Nanda, Neel",
            "We Inspected Every Head In GPT-2 Small using SAEs So You Don't Have To",
            2024,
            page="https://www.alignmentforum.org/posts/xmegeW5mqiBsvoaim/"
            "we-inspected-every-head-in-gpt-2-small-using-saes-so-you-don",
        ),
        Citation(
            "openai2025",
            "OpenAI 2025",
            "{OpenAI}",
            "gpt-oss-120b & gpt-oss-20b Model Card",
            2025,
            "2508.10925",
        ),
    )
}
