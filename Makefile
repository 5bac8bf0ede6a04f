# Short names for tasks.py, where the logic is. `make serve ARGS="--port 9000"` passes arguments on.
PY ?= python3.11
# PyTorch's own index of CPU builds; point it at a mirror where that one is slow or out of reach.
TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu
export TORCH_CPU_INDEX

TASKS := setup serve test prove lint bench lock embedder ci
.PHONY: $(TASKS)
.DEFAULT_GOAL := serve

$(TASKS):
	@command -v $(PY) >/dev/null 2>&1 || { echo "没有找到 $(PY)：请先安装 Python 3.11（Debian、Ubuntu 上是 apt-get install python3.11 python3.11-venv）；装的是 3.12 或 3.13，就写 make $@ PY=python3.12。" >&2; exit 1; }
	@$(PY) tasks.py $@ $(ARGS)
