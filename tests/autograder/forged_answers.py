"""Answers that are none: each source defines `double`, which should give twice `x`.

None may earn anything, harm whoever compares it, or take long.
"""

NUMPY = """
import numpy as np
def double(x):
    return {}
"""
ARRAYS = {
    "zeros": "np.zeros((3, 4))",
    "nan": "np.full((3, 4), np.nan)",
    "inf": "np.full((3, 4), np.inf)",
    "objects": "np.full((3, 4), Yes(), dtype=object)",
    "complex": "np.zeros((3, 4), dtype=complex)",
    "structured": "np.zeros((3, 4), dtype=[('a', 'f4'), ('b', 'f4')])",
    "text": "np.full((3, 4), '9')",
    "bytes": "np.full((3, 4), b'9')",
    "dates": "np.zeros((3, 4), dtype='datetime64[s]')",
    "longdouble": "np.zeros((3, 4), dtype=np.longdouble)",
    "no elements": "np.zeros((0, 4))",
    "no dimensions": "np.zeros(())",
    "many dimensions": "np.zeros((1,) * 40 + (3, 4))",
    "one row for all": "np.zeros((1, 4))",
    "huge by its strides": "np.broadcast_to(np.float32(1), (1 << 40,))",
    "huge view": "np.lib.stride_tricks.as_strided(np.zeros(1), (10**9, 10**9), (0, 0))",
    "negative strides": "np.zeros((3, 4))[::-1, ::-1]",
    "masked": "np.ma.masked_all((3, 4))",
    "matrix": "np.matrix(np.zeros((3, 4)))",
    "record": "np.rec.array(np.zeros((3, 4), dtype=[('a', 'f4')]))",
    "on disk": "np.memmap('array', dtype='float32', mode='w+', shape=(3, 4))",
    "huge on disk": "np.memmap('sparse', dtype='float32', mode='w+', shape=(1 << 24,))",
    "number of numpy": "np.float64('nan')",
    "true": "np.True_",
    "other byte order": "np.zeros((3, 4), dtype='>f8')",
}
PLAIN = {
    "none": "None",
    "true": "True",
    "nan": "float('nan')",
    "huge number": "10 ** 100_000",
    "long text": "'9' * 50_000_000",
    "half a character": "'\\ud800'",
    "empty": "[]",
    "endless list": "endless()",
    "endless dict": "Endless()",
    "deep": "deep(100_000)",
    "many keys": "dict.fromkeys(range(2_000_000), 0.0)",
    "many numbers": "[0.0] * 20_000_000",
    "generator": "(0 for _ in iter(int, 1))",
    "range": "range(10 ** 15)",
    "wire's own words": "{'array': 'float32', 'shape': [3, 4]}",
    "wire's items": "{'items': [['value', 0]]}",
    "lying list": "Lying([1, 2])",
    "lying text": "Text('9')",
    "lying number": "Number(9)",
    "function": "double",
    "module": "__import__('os')",
    "type": "Yes",
    "file": "open('/dev/null')",
    "exception": "ValueError(1)",
    "always yes": "Yes()",
    "the answer's class": "Value()",
    "raises when read": "Trap()",
    "two shapes": "Shape()",
}
CLASSES = """
class Yes:
    shape, dtype = (3, 4), "float32"
    __array_priority__ = 1e9
    def __eq__(self, other): return True
    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = object.__hash__
    def __sub__(self, other): return 0
    __rsub__ = __abs__ = __add__ = __sub__
    def __float__(self): return 0.0
    def __array__(self, *a, **k): return self
    def __reduce__(self): return (print, ("run by the grader",))
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
class Endless(dict):
    def items(self):
        while True:
            yield "key", 0
    def __len__(self): return 1
class Lying(list):
    def __iter__(self):
        while True:
            yield 0
    def __len__(self): return 2
class Text(str):
    def __getitem__(self, key): return self
class Number(float):
    def __eq__(self, other): return True
    def __repr__(self): return "9" * 100
class Value:
    shape, dtype = (3, 4), "float32"
    def __array__(self, *a, **k):
        import numpy as np
        return np.zeros((1 << 36,))
class Trap:
    def __getattribute__(self, name): raise SystemExit(name)
class Shape:
    seen = 0
    dtype = "float32"
    @property
    def shape(self):
        self.seen += 1
        return (3, 4) if self.seen % 2 else (10**9, 10**9)
def endless():
    made = []
    made.append(made)
    return made
def deep(levels):
    made = []
    for _ in range(levels):
        made = [made]
    return made
"""
TENSORS = {
    "a tensor of zeros": "ops.zeros((3, 4))",
    "integers": "ops.zeros((3, 4), dtype='int32')",
    "half": "ops.zeros((3, 4), dtype='float16')",
    "short": "ops.zeros((3, 4), dtype='bfloat16')",
    "symbolic": "keras.KerasTensor((3, 4))",
    "variable": "keras.Variable(ops.zeros((3, 4)))",
    "model": "keras.Sequential()",
    "layer": "keras.layers.Dense(4)",
    "the input": "x",
}
RAISING = {
    "a name that is no text": """
class Meta(type):
    __name__ = property(lambda self: 7)
class Odd(Exception, metaclass=Meta): pass
def double(x): raise Odd
""",
    "a long name": """
def double(x): raise type("E" * 10_000_000, (Exception,), {})
""",
    "a name with markup": """
def double(x): raise type("<script>alert(1)</script>", (Exception,), {})
""",
    "words that raise": """
class Odd(Exception):
    def __str__(self): raise SystemExit
def double(x): raise Odd
""",
    "words that are long": """
def double(x): raise ValueError("x" * 100_000_000)
""",
    "words that are no text": """
class Odd(Exception):
    def __str__(self): return 7
def double(x): raise Odd
""",
    "no exception": "def double(x): raise 7",
    "a group": """
def double(x): raise BaseExceptionGroup("g", [SystemExit(), ValueError()])
""",
    "a time limit of its own": """
from autograder.box.probing import TimeLimit
def double(x): raise TimeLimit({"value": 1})
""",
    "not defined": """
from autograder.box.probing import NotDefined
def double(x): raise NotDefined("double", {"value": 1})
""",
    "generator exit": "def double(x): raise GeneratorExit",
    "endless recursion": "def double(x): return double(x)",
    "a chain of causes": """
def double(x):
    error = ValueError(0)
    for n in range(100_000):
        new = ValueError(n)
        new.__cause__ = error
        error = new
    raise error
""",
    "a trace that is not its own": """
def double(x):
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("forged").with_traceback(error.__traceback__)
""",
}
SOURCES = {
    **{f"array: {n}": CLASSES + NUMPY.format(code) for n, code in ARRAYS.items()},
    **{f"plain: {n}": CLASSES + NUMPY.format(code) for n, code in PLAIN.items()},
    **{
        f"tensor: {n}": "import keras\nfrom keras import ops\n" + NUMPY.format(code)
        for n, code in TENSORS.items()
    },
    **{f"raising: {n}": source for n, source in RAISING.items()},
}
