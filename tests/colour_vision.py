"""How far apart two colours look, to all eyes: CAM02-UCS under simulated colour blindness.

CIECAM02 for sRGB on a grey surround (Moroney et al. 2002), its uniform space (Luo, Cui and
Li 2006), and severity 1.0 of Machado, Oliveira and Fernandes 2009.
"""

import numpy as np

#: On linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_XYZ = 100 * np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
_CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
_HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0, 0, 1]])
_ADAPTING = 64 / np.pi / 5  # cd/m2: sRGB's room of 64 lx, a grey of 20 %
_BACKGROUND = 20
_SURROUND, _C, _NC = 1.0, 0.69, 1.0
_K = 1 / (5 * _ADAPTING + 1)
_FL = 0.2 * _K**4 * 5 * _ADAPTING + 0.1 * (1 - _K**4) ** 2 * (5 * _ADAPTING) ** (1 / 3)
_N = _BACKGROUND / 100
_NBB = 0.725 * _N**-0.2
_Z = 1.48 + _N**0.5


def difference(one: str, other: str, vision: str = "normal") -> float:
    """CAM02-UCS distance of two ``#rrggbb``; about 1 is just noticeable side by side."""
    return float(np.linalg.norm(_uniform(one, vision) - _uniform(other, vision)))


def _uniform(colour: str, vision: str) -> np.ndarray:
    """J', a', b' of ``#rrggbb``."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    cones = _response(_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1))
    white = _response(_XYZ.sum(axis=1))
    red_green = cones @ [1, -12 / 11, 1 / 11]
    yellow_blue = cones @ [1 / 9, 1 / 9, -2 / 9]
    hue = np.arctan2(yellow_blue, red_green)
    lightness = 100 * (_achromatic(cones) / _achromatic(white)) ** (_C * _Z)
    eccentric = 0.25 * (np.cos(hue + 2) + 3.8)
    chroma = 50000 / 13 * _NC * _NBB * eccentric * np.hypot(red_green, yellow_blue)
    chroma = (chroma / (cones @ [1, 1, 1.05])) ** 0.9
    chroma *= np.sqrt(lightness / 100) * (1.64 - 0.29**_N) ** 0.73
    colourful = np.log(1 + 0.0228 * chroma * _FL**0.25) / 0.0228
    return np.array(
        [
            1.7 * lightness / (1 + 0.007 * lightness),
            colourful * np.cos(hue),
            colourful * np.sin(hue),
        ]
    )


def _response(xyz: np.ndarray) -> np.ndarray:
    """Of the three cones, adapted to white and compressed."""
    degree = _SURROUND * (1 - np.exp((-_ADAPTING - 42) / 92) / 3.6)
    gain = 100 * degree / (_CAT02 @ _XYZ.sum(axis=1)) + 1 - degree
    cones = _HPE @ np.linalg.inv(_CAT02) @ (gain * (_CAT02 @ xyz))
    compressed = (_FL * np.abs(cones) / 100) ** 0.42
    return np.asarray(np.sign(cones) * 400 * compressed / (compressed + 27.13) + 0.1)


def _achromatic(cones: np.ndarray) -> float:
    return float(max(cones @ [2, 1, 0.05] - 0.305, 0) * _NBB)
