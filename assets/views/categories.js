// The views by what a head attends to: its category, or its category's group.
import { categories, definitions } from "./definitions.js";
import { headsOf } from "./heads.js";
import { headsInterval } from "./intervals.js";
import { isClaimed, namedScore, nearestText, nearness } from "./nearness.js";
import { scoreText } from "./phrases.js";
import { View } from "./view.js";

/** @import { Bin } from "./bins.js" */
/** @import { Said } from "./definitions.js" */
/** @import { Payload } from "./heads.js" */

class Categories extends View {
  /** @param {Payload} payload */
  index(payload) {
    return headsOf(payload).detailed;
  }

  /**
   * "Mixed" and "unclassified" need every score of a rule that all tables can have.
   * @param {string} segment
   * @param {string[]} scores
   */
  isMeasured(segment, scores) {
    if (segment === "not_measured") return true;
    const { scoreOf, ruledScores } = definitions;
    const needed = segment in scoreOf ? [scoreOf[segment]] : ruledScores;
    return needed.every((score) => scores.includes(score));
  }

  /** @param {Payload} payload */
  borderline(payload) {
    return headsOf(payload).borderline;
  }

  /**
   * @param {Payload} payload
   * @param {Bin} bin
   * @param {number} place
   */
  interval(payload, bin, place) {
    return headsInterval(payload, this.index(payload), bin, place);
  }

  /** @param {Payload} payload */
  scores(payload) {
    const { score, error } = headsOf(payload);
    const told = (/** @type {number} */ head) =>
      isClaimed(payload, head) ? this.told(payload, head) : nearestText(payload, head);
    return { score, error, order: nearness(payload), told };
  }

  /**
   * The number of a head that a rule claimed. Its category says which score it is.
   * @param {Payload} payload
   * @param {number} head
   */
  told(payload, head) {
    const { score, error } = headsOf(payload);
    return scoreText(score[head], error[head]);
  }

  /**
   * @param {Payload} payload
   * @param {number[]} heads
   * @returns {string}
   */
  mixedScores(payload, heads) {
    if (!heads.every((head) => isClaimed(payload, head))) return "Nearest score";
    const { detailed } = headsOf(payload);
    return new Set(heads.map((head) => detailed[head])).size > 1 ? "Score" : "";
  }

  /**
   * @param {Payload} payload
   * @param {number[]} heads
   */
  strongest(payload, heads) {
    return heads.some((head) => isClaimed(payload, head)) ? "Strongest" : "Nearest to a category";
  }
}

class Groups extends Categories {
  /** of: the group of each category, by place. */
  get said() {
    return /** @type {Said & {of: number[]}} */ (super.said);
  }

  /** @param {Payload} payload */
  index(payload) {
    const { of } = this.said;
    return super.index(payload).map((category) => of[category]);
  }

  /**
   * @param {string} segment
   * @param {string[]} scores
   */
  isMeasured(segment, scores) {
    const { of } = this.said;
    return categories().some((category, place) =>
      this.segments[of[place]].name === segment && super.isMeasured(category.name, scores)
    );
  }

  /**
   * A group's categories have scores of several kinds: they are named.
   * @param {Payload} payload
   * @param {number} head
   */
  told(payload, head) {
    return namedScore(payload, head);
  }

  mixedScores() {
    return "Score";
  }
}

export const detailed = new Categories("detailed");
export const grouped = new Groups("grouped");
